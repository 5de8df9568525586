package dev.vireo.monitor;

import dev.vireo.Connection;
import dev.vireo.Drivers;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.Hang;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.driver.test.ManualClock;
import dev.vireo.driver.test.TestDomain;
import dev.vireo.driver.test.TestDriver;
import dev.vireo.driver.test.TestHypervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/**
 * An in-memory hypervisor, and a sampler over it, on one clock that the test moves. While the sampler waits, time stands still;
 * it jumps to the deadline when the test says that nothing else can happen.
 */
final class Scene implements AutoCloseable {
    static final Instant WALL_ZERO = Instant.parse("2026-11-26T12:00:00Z");

    final ManualClock clock = new ManualClock();
    final TestHypervisor hypervisor;
    final Connection connection;
    final Sampler sampler;
    private final PatientWaiting waiting = new PatientWaiting(clock);

    Scene(HypervisorConfiguration configuration, UnaryOperator<SamplerBuilder> how) {
        hypervisor = new TestHypervisor(configuration, clock);
        connection = Drivers.none()
                .with(new TestDriver(hypervisor))
                .open("test:///default", OpenOptions.defaults().readWrite());
        sampler = how.apply(Sampler.over(connection)
                        .clock(clock)
                        .wallClock(() -> WALL_ZERO.plusNanos(clock.getAsLong()))
                        .waiting(waiting))
                .build();
    }

    static Scene of(String... names) {
        return new Scene(host(names).build(), sampler -> sampler);
    }

    static Scene without(Operation absent, String... names) {
        return new Scene(host(names).without(absent).build(), sampler -> sampler);
    }

    /** Describes a host of two CPUs with domains of two vCPUs each. */
    static HypervisorConfiguration.Builder host(String... names) {
        HypervisorConfiguration.Builder host = HypervisorConfiguration.builder().cpus(2);
        for (String name : names) {
            host.domain(DomainConfiguration.named(name));
        }
        return host;
    }

    TestDomain domain(String name) {
        return hypervisor.domain(name);
    }

    Snapshot sample() throws InterruptedException {
        return sampler.sample();
    }

    Snapshot sampleAfter(Duration time) throws InterruptedException {
        clock.advance(time);
        return sample();
    }

    DomainSample sampleOf(String name) throws InterruptedException {
        return in(sample(), name);
    }

    static DomainSample in(Snapshot snapshot, String name) {
        return snapshot.domains().stream()
                .filter(domain -> domain.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + snapshot.domains()));
    }

    static DomainRates rates(Snapshot earlier, Snapshot later, String name) {
        return Rates.between(earlier, later).domain(in(later, name).row());
    }

    /** Has the clock jump to the sampler's deadline when just the calls that hang are outstanding. */
    void timeIsUpWhenOthersAreRead(Hang... hangs) {
        waiting.hungCalls(() -> Arrays.stream(hangs).mapToInt(Hang::waiting).sum());
    }

    /** Has the clock jump to the sampler's deadline when calls that are counted are outstanding. */
    void timeIsUpWhenOthersAreRead(IntSupplier hungCalls) {
        waiting.hungCalls(hungCalls);
    }

    @Override
    public void close() {
        hypervisor.faults().clear();
        sampler.close();
        connection.close();
    }
}
