package dev.vireo.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Drivers;
import dev.vireo.ErrorCode;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.driver.test.ManualClock;
import dev.vireo.driver.test.TestDriver;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.monitor.LiveSource;
import dev.vireo.monitor.Pace;
import dev.vireo.monitor.Rates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedTest {
    private final ManualClock clock = new ManualClock();
    private final TestHypervisor hypervisor = TestHypervisor.preset(clock);
    private final List<Duration> waits = new ArrayList<>();
    private int opened;
    private final LiveSource source = new LiveSource(open(), this::open, sampler -> sampler.clock(clock));
    private final Feed feed = new Feed(source, new Pace(Duration.ofSeconds(2), clock, this::await));

    private Connection open() {
        opened++;
        return Drivers.none().with(new TestDriver(hypervisor)).open("test:///default");
    }

    private void await(long nanos) {
        waits.add(Duration.ofNanos(nanos));
        clock.advanceNanos(nanos);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private Rates sampled() throws InterruptedException {
        return assertInstanceOf(Event.Sampled.class, feed.next()).rates();
    }

    @Test
    void theFirstSnapshotIsMadeAtOnceAndTheOthersAfterEachPeriod() throws InterruptedException {
        assertFalse(new Event.Sampled(sampled()).isMeasured());
        assertEquals(List.of(), waits);
        Rates rates = sampled();
        assertEquals(Duration.ofSeconds(2), rates.interval());
        assertEquals(
                200, Column.CPU.of(rates.domain(0), TopSettings.DEFAULT.of()).value(), 1e-6);
    }

    @Test
    void timeThatASnapshotTakesIsTakenFromTheWait() throws InterruptedException {
        sampled();
        clock.advance(Duration.ofMillis(500));
        sampled();
        assertEquals(List.of(Duration.ofMillis(1500)), waits);
    }

    @Test
    void timeThatTheFirstOneTakesShortensNoInterval() throws InterruptedException {
        hypervisor
                .faults()
                .before(Operation.CONNECT_GET_ALL_DOMAIN_STATS, 1, () -> clock.advance(Duration.ofMillis(600)));
        sampled();
        assertEquals(Duration.ofSeconds(2), sampled().interval());
    }

    @Test
    void periodsThatWereMissedAreNotMadeUpFor() throws InterruptedException {
        sampled();
        clock.advance(Duration.ofSeconds(7));
        assertEquals(Duration.ofSeconds(7), sampled().interval());
        assertEquals(Duration.ofSeconds(2), sampled().interval());
    }

    @Test
    void aLostConnectionIsOpenedAgainLaterAndLaterAndHasNoRatesAtFirst() throws InterruptedException {
        sampled();
        hypervisor.faults().disconnect();
        List<Long> tries = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Event.Failed failed = assertInstanceOf(Event.Failed.class, feed.next());
            assertTrue(failed.why().startsWith("VIR_ERR_RPC: "), failed.why());
            tries.add(failed.nextTry().toSeconds());
        }
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 30L, 30L), tries);
        assertEquals(
                List.of(2L, 1L, 2L, 4L, 8L, 16L, 30L),
                waits.stream().map(Duration::toSeconds).toList());
        hypervisor.faults().clear();
        Rates first = sampled();
        assertFalse(new Event.Sampled(first).isMeasured());
        assertEquals(Duration.ofSeconds(2), sampled().interval());
        hypervisor.faults().disconnect();
        assertEquals(
                Duration.ofSeconds(1),
                assertInstanceOf(Event.Failed.class, feed.next()).nextTry());
    }

    @Test
    void aFailureThatIsNotTheConnectionsKeepsIt() throws InterruptedException {
        sampled();
        hypervisor.faults().disconnect();
        feed.next();
        hypervisor.faults().clear();
        sampled();
        assertEquals(2, opened);
        hypervisor.faults().fail(Operation.CONNECT_GET_ALL_DOMAIN_STATS, ErrorCode.OPERATION_FAILED);
        sampled();
        assertEquals(2, opened);
    }

    @Test
    void timesPerHostCpuAreReadOnlyOfWhomTheInterestIsIn() throws InterruptedException {
        Interest interest = new Interest();
        try (LiveSource interested = new LiveSource(
                open(), this::open, sampler -> sampler.clock(clock).hostCpuTimesOf(interest))) {
            assertEquals(0, interested.next().domain(0).count(Statistic.HOST_CPU_TIME));
            interest.of(Set.of(interested.next().domain(0).run()));
            assertEquals(2, interested.next().domain(0).count(Statistic.HOST_CPU_TIME));
        }
    }
}
