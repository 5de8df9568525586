package ${package};

import dev.vireo.Domain;
import dev.vireo.tck.DriverContract;
import dev.vireo.tck.Environment;
import dev.vireo.tck.Opening;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;

/** The driver keeps the contract of all drivers. */
class ${driver}DriverTest extends DriverContract {
    private final AtomicLong clock = new AtomicLong();
    private final Hypervisor hypervisor = new Hypervisor(clock::get);

    @Override
    protected Opening opening() {
        return Opening.of(new ${driver}Driver(hypervisor), "${scheme}:///");
    }

    @Override
    protected Duration use(Domain domain, Duration time) {
        clock.addAndGet(time.toNanos());
        return time;
    }

    @Override
    protected Environment environment() {
        BitSet cpus = new BitSet();
        cpus.set(0, hypervisor.cpus());
        return Environment.standard()
                .withEnding(domain -> hypervisor.guests().stream()
                        .filter(guest -> guest.uuid().equals(domain.uuid()))
                        .forEach(hypervisor::end))
                .withHostCpus(cpus)
                // what made-up guests do not give; real ones may, see Environment
                .withUntested("1.5", "it is always there, and declines nothing")
                .withUntested("1.6", "it is always there, and no opening fails")
                .withUntested("4.7", "there is but one guest")
                .withUntested("7.7", "a guest that has ended does not start again")
                .withUntested("7.8", "a guest that has ended is forgotten");
    }
}
