package dev.vireo.tck;

import dev.vireo.Domain;
import dev.vireo.DomainState;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.driver.test.ManualClock;
import dev.vireo.driver.test.TestDriver;
import dev.vireo.driver.test.TestHypervisor;
import java.time.Duration;

/** The in-memory driver keeps to the contract. */
class TestDriverContractTest extends DriverContract {
    private final ManualClock clock = new ManualClock();
    private final TestHypervisor hypervisor = new TestHypervisor(
            HypervisorConfiguration.builder()
                    .cpus(5)
                    .missingCpus(1, 3)
                    .domain(DomainConfiguration.preset())
                    .domain(DomainConfiguration.named("other"))
                    .domain(DomainConfiguration.named("idle").withState(DomainState.PAUSED))
                    .domain(DomainConfiguration.named("off").withState(DomainState.SHUTOFF))
                    .build(),
            clock);

    @Override
    protected Opening opening() {
        return Opening.of(new TestDriver(hypervisor), "test:///default");
    }

    @Override
    protected Duration use(Domain domain, Duration time) {
        clock.advance(time);
        return time;
    }

    @Override
    protected Environment environment() {
        return Environment.standard()
                .withDomain("test")
                .withIdleDomain("idle")
                .withInactiveDomain("off")
                .thatMayBeChanged()
                .withRestart(domain -> hypervisor.domain(domain.name()).start())
                .withFailing(Opening.of(new TestDriver(), "test:///nowhere"))
                .withUntested("1.5", "it needs nothing, and declines nothing");
    }
}
