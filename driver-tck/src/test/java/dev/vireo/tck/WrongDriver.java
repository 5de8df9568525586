package dev.vireo.tck;

import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.HypervisorDriver;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A mistake that drivers make, and the rule that it breaks. */
interface WrongDriver {
    /**
     * What it is.
     *
     * @param rule the one rule that it breaks
     * @param maker makes the driver, and has no state
     */
    record Mistake(String rule, Function<TestHypervisor, HypervisorDriver> maker) {}

    /** Returns what it is. */
    Mistake mistake();

    /** Returns the one rule that it breaks. */
    default String rule() {
        return mistake().rule();
    }

    /** Makes the driver. */
    default HypervisorDriver over(TestHypervisor hypervisor) {
        return mistake().maker().apply(hypervisor);
    }

    /** Returns all there are. */
    static List<WrongDriver> all() {
        return Stream.<WrongDriver[]>of(
                        WrongOpening.values(),
                        WrongCpuStats.values(),
                        WrongCounters.values(),
                        WrongVcpus.values(),
                        WrongHost.values(),
                        WrongLifeCycle.values(),
                        WrongBulk.values(),
                        WrongSharing.values())
                .flatMap(Stream::of)
                .toList();
    }
}
