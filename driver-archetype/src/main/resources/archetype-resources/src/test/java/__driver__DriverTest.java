package ${package};

import dev.vireo.Domain;
import dev.vireo.tck.DriverContract;
import dev.vireo.tck.Environment;
import dev.vireo.tck.Opening;
import java.time.Duration;
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
        return Environment.standard().withEnding(domain -> hypervisor.guests().stream()
                .filter(guest -> guest.uuid().equals(domain.uuid()))
                .forEach(hypervisor::end));
    }
}
