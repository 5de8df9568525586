package dev.vireo.tck;

import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.HypervisorDriver;
import java.util.List;
import java.util.stream.Stream;

/** A mistake that drivers make, and the rule that it breaks. */
interface WrongDriver {
    /** Returns the one rule that it breaks. */
    String rule();

    /** Makes the driver. */
    HypervisorDriver over(TestHypervisor hypervisor);

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
