package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.Operation;
import dev.vireo.StatsGroup;
import dev.vireo.driver.test.ManualClock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When numbers were read, and how exactly that is known. */
class ReadTimesTest {
    private static final Duration HALF = Duration.ofMillis(500);

    private record Ref(int id) implements DomainRef {
        @Override
        public String name() {
            return "d" + id;
        }

        @Override
        public UUID uuid() {
            return new UUID(0, id);
        }
    }

    private final ManualClock clock = new ManualClock();
    private final RowFiller filler = new RowFiller(clock);

    private void assertReadBetween(long from, long to) {
        assertEquals((from + to) / 2, filler.row().readAt(StatsGroup.VCPU));
        assertEquals(to - from, filler.row().took(StatsGroup.VCPU));
    }

    @Test
    void aDomainWasReadSinceTheLastWordAboutTheOneBefore() {
        clock.advanceNanos(100);
        filler.readOn();
        clock.advanceNanos(10);
        filler.domain(new Ref(1), DomainState.RUNNING);
        assertReadBetween(100, 110);
        clock.advanceNanos(6);
        filler.domain(new Ref(2), DomainState.RUNNING);
        assertReadBetween(110, 116);
    }

    @Test
    void domainsThatWereReadTogetherWereReadBeforeTheFirstWasTold() {
        filler.readOn();
        clock.advanceNanos(10);
        filler.readTogether(2);
        clock.advanceNanos(50);
        filler.domain(new Ref(1), DomainState.RUNNING);
        assertReadBetween(0, 10);
        clock.advanceNanos(50);
        filler.domain(new Ref(2), DomainState.RUNNING);
        assertReadBetween(0, 10);
    }

    @Test
    void thoseThatFollowThemWereReadSinceTheLastOfThemWasTold() {
        filler.readOn();
        clock.advanceNanos(10);
        filler.readTogether(1);
        clock.advanceNanos(50);
        filler.domain(new Ref(1), DomainState.RUNNING);
        clock.advanceNanos(4);
        filler.readTogether(1);
        clock.advanceNanos(50);
        filler.domain(new Ref(2), DomainState.RUNNING);
        assertReadBetween(60, 64);
        clock.advanceNanos(6);
        filler.domain(new Ref(3), DomainState.RUNNING);
        assertReadBetween(114, 120);
    }

    @Test
    void aCallThatIsSlowMakesNoOtherGroupLate() throws Exception {
        try (Scene scene = Scene.without(Operation.CONNECT_GET_ALL_DOMAIN_STATS, "a")) {
            Snapshot earlier = scene.sample();
            scene.hypervisor.faults().before(Operation.DOMAIN_GET_VCPUS, 1, () -> scene.clock.advance(HALF));
            Snapshot later = scene.sampleAfter(Duration.ofSeconds(1));
            DomainSample a = Scene.in(later, "a");
            assertEquals(Duration.ZERO, a.readingTook(StatsGroup.CPU_TOTAL));
            assertEquals(HALF, a.readingTook(StatsGroup.VCPU));
            DomainRates rates = Scene.rates(earlier, later, "a");
            assertEquals(2, rates.total().value(), 1e-9);
            assertEquals(1, rates.hostCpu(0).value(), 1e-9);
        }
    }

    @Test
    void timesPerHostCpuHaveTheTimeOfTheirOwnCall() throws Exception {
        try (Scene scene = Scene.without(Operation.CONNECT_GET_ALL_DOMAIN_STATS, "a")) {
            Snapshot earlier = scene.sample();
            // the first call of it is for the totals
            scene.hypervisor.faults().before(Operation.DOMAIN_GET_CPU_STATS, 2, () -> scene.clock.advance(HALF));
            Snapshot later = scene.sampleAfter(Duration.ofSeconds(2));
            DomainSample a = Scene.in(later, "a");
            assertTrue(a.readAtNanos(StatsGroup.HOST_CPU) > a.readAtNanos(StatsGroup.CPU_TOTAL));
            assertEquals(a.readAtNanos(StatsGroup.CPU_TOTAL), a.readAtNanos());
            DomainRates rates = Scene.rates(earlier, later, "a");
            assertEquals(2, rates.total().value(), 1e-9);
            assertEquals(2.5 / 2.25, rates.hostCpu(0).value(), 1e-9);
        }
    }
}
