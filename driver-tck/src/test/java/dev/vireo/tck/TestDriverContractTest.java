package dev.vireo.tck;

import dev.vireo.Domain;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.driver.test.ManualClock;
import dev.vireo.driver.test.TestDriver;
import dev.vireo.driver.test.TestHypervisor;
import java.time.Duration;

/** The in-memory driver keeps to the contract. */
class TestDriverContractTest extends DriverContract {
    private final ManualClock clock = new ManualClock();

    @Override
    protected Opening opening() {
        HypervisorConfiguration configuration = HypervisorConfiguration.builder()
                .cpus(5)
                .missingCpus(1, 3)
                .domain(DomainConfiguration.preset())
                .domain(DomainConfiguration.named("other"))
                .build();
        return Opening.of(new TestDriver(new TestHypervisor(configuration, clock)), "test:///default");
    }

    @Override
    protected Duration use(Domain domain, Duration time) {
        clock.advance(time);
        return time;
    }

    @Override
    protected Environment environment() {
        return Environment.standard().withDomain("test").thatMayBeChanged();
    }
}
