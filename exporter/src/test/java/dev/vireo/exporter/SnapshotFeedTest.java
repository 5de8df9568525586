package dev.vireo.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Drivers;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Subscription;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.driver.test.ManualClock;
import dev.vireo.driver.test.TestDriver;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.monitor.Sampler;
import dev.vireo.monitor.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All on a clock that the test moves: a thread that waits looks at it each millisecond. */
@Timeout(60)
class SnapshotFeedTest {
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final TestHypervisor hypervisor = new TestHypervisor(
            HypervisorConfiguration.builder()
                    .cpus(2)
                    .domain(DomainConfiguration.named("web"))
                    .build(),
            clock);
    private final Connection connection = open();
    private final Sampler sampler = Sampler.over(connection).clock(clock).build();
    private final ControlledSource source = new ControlledSource(sampler);
    private final ExporterHealth health = new ExporterHealth();
    private final SnapshotFeed feed = new SnapshotFeed(
            source, new FeedSettings(Duration.ofSeconds(5), DEADLINE, clock, 1_000_000), health, "test");
    private final Told told = new Told();

    private Connection open() {
        return Drivers.none().with(new TestDriver(hypervisor)).open("test:///default");
    }

    @AfterEach
    void close() {
        source.gate.countDown();
        feed.close();
        sampler.close();
        connection.close();
    }

    private Snapshot first() throws InterruptedException {
        feed.listen(told);
        feed.start();
        return told.nextSnapshot();
    }

    private Snapshot nextAfter(Duration time) throws InterruptedException {
        clock.advance(time);
        return told.nextSnapshot();
    }

    private CompletableFuture<@Nullable Snapshot> askFor(Duration maxAge) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return feed.fresh(maxAge);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30), "what was waited for does not come");
            Thread.sleep(1);
        }
    }

    @Test
    void thereIsNoSnapshotBeforeTheFirst() {
        assertNull(feed.latest());
        assertNull(health.sampleDuration());
    }

    @Test
    void itReadsAtItsPaceWhetherSomebodyAsksOrNot() throws InterruptedException {
        assertEquals(0, first().monotonicNanos());
        assertEquals(5_000_000_000L, nextAfter(Duration.ofSeconds(5)).monotonicNanos());
        Snapshot last = nextAfter(Duration.ofSeconds(5));
        assertEquals(10_000_000_000L, last.monotonicNanos());
        assertSame(last, feed.latest());
        assertEquals(3, source.begun.get());
    }

    @Test
    void whileSomebodyWatchesItReadsEachSecond() throws InterruptedException {
        first();
        feed.watch();
        assertEquals(1_000_000_000L, nextAfter(Duration.ofSeconds(1)).monotonicNanos());
        feed.watch();
        feed.unwatch();
        assertEquals(2_000_000_000L, nextAfter(Duration.ofSeconds(1)).monotonicNanos());
        feed.unwatch();
        assertEquals(3_000_000_000L, nextAfter(Duration.ofSeconds(1)).monotonicNanos());
        assertEquals(8_000_000_000L, nextAfter(Duration.ofSeconds(5)).monotonicNanos());
        assertEquals(5, source.begun.get());
        assertThrows(IllegalStateException.class, feed::unwatch);
    }

    @Test
    void aSnapshotThatIsYoungEnoughIsGivenAgain() throws InterruptedException {
        Snapshot first = first();
        clock.advance(Duration.ofMillis(200));
        assertSame(first, feed.fresh(Duration.ofMillis(200)));
        assertEquals(1, source.begun.get());
    }

    @Test
    void oneThatIsTooOldIsFollowedByOneOfThisMoment() throws InterruptedException {
        first();
        clock.advance(Duration.ofMillis(201));
        Snapshot fresh = feed.fresh(Duration.ofMillis(200));
        assertNotNull(fresh);
        assertEquals(201_000_000L, fresh.monotonicNanos());
        assertSame(fresh, feed.latest());
    }

    @Test
    void whatIsAskedForBetweenDoesNotDisturbThePace() throws InterruptedException {
        first();
        clock.advance(Duration.ofSeconds(2));
        assertNotNull(feed.fresh(Duration.ZERO));
        assertEquals(2_000_000_000L, told.nextSnapshot().monotonicNanos());
        assertEquals(5_000_000_000L, nextAfter(Duration.ofSeconds(3)).monotonicNanos());
    }

    @Test
    void norIsItToldOfWhereItComesSoonerThanASecondAfterTheLast() throws InterruptedException {
        first();
        clock.advance(Duration.ofMillis(999));
        assertNotNull(feed.fresh(Duration.ZERO));
        clock.advance(Duration.ofMillis(1));
        assertNotNull(feed.fresh(Duration.ZERO));
        assertEquals(1_000_000_000L, told.nextSnapshot().monotonicNanos());
    }

    @Test
    void allWhoAskMeanwhileShareOneReading() throws Exception {
        first();
        clock.advance(Duration.ofSeconds(2));
        source.gate = new CountDownLatch(1);
        CompletableFuture<@Nullable Snapshot> one = askFor(Duration.ofMillis(100));
        await(() -> source.begun.get() == 2);
        CompletableFuture<@Nullable Snapshot> another = askFor(Duration.ofMillis(100));
        source.gate.countDown();
        assertSame(one.get(30, TimeUnit.SECONDS), another.get(30, TimeUnit.SECONDS));
        assertEquals(2, source.begun.get());
    }

    @Test
    void aHypervisorThatDoesNotAnswerHoldsNobodyLongerThanTheDeadline() throws Exception {
        Snapshot first = first();
        clock.advance(Duration.ofSeconds(2));
        source.gate = new CountDownLatch(1);
        CompletableFuture<@Nullable Snapshot> asked = askFor(Duration.ofMillis(100));
        await(() -> source.begun.get() == 2);
        assertThrows(TimeoutException.class, () -> asked.get(20, TimeUnit.MILLISECONDS));
        clock.advance(DEADLINE);
        assertSame(first, asked.get(30, TimeUnit.SECONDS));
        assertEquals(Duration.ofSeconds(3), feed.age(first));
    }

    private static HypervisorException lost() {
        return HypervisorException.of(ErrorCode.RPC, "test", "the daemon is gone");
    }

    @Test
    void whatIsLostIsToldAndTriedAgainLaterAndLater() throws InterruptedException {
        Snapshot first = first();
        source.failure = SnapshotFeedTest::lost;
        clock.advance(Duration.ofSeconds(5));
        HypervisorException failure = told.nextFailure();
        assertSame(failure, feed.failure());
        assertSame(first, feed.latest());
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
            assertSame(first, feed.fresh(Duration.ZERO), "nobody waits for what is known to be lost");
            assertTrue(told.isEmpty(), "too early after " + seconds + " s");
            clock.advanceNanos(1);
            told.nextFailure();
        }
        source.failure = null;
        Snapshot again = nextAfter(Duration.ofSeconds(30));
        assertNull(feed.failure());
        assertSame(again, feed.latest());
        assertEquals(Map.of(new ExporterHealth.Failure("sample", ErrorCode.RPC), 8L), health.failures());
    }

    @Test
    void itIsSaidOnceThatItIsLostAndOnceThatItIsThereAgain() throws InterruptedException {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        feed.listen(new Outages(new Readiness(feed), Duration.ofSeconds(6), said::add));
        first();
        assertEquals(List.of(), said);
        source.failure = SnapshotFeedTest::lost;
        clock.advance(Duration.ofSeconds(5));
        told.nextFailure();
        clock.advance(Duration.ofSeconds(1));
        told.nextFailure();
        String lost =
                "the hypervisor cannot be read: the daemon is gone; what is served meanwhile is old, and it is tried again";
        assertEquals(List.of(lost), said);
        source.failure = null;
        nextAfter(Duration.ofSeconds(2));
        nextAfter(Duration.ofSeconds(5));
        assertEquals(List.of(lost, "the hypervisor is read again"), said);
    }

    @Test
    void whoWaitsWhenItIsLostGetsTheLastOneAtOnce() throws Exception {
        Snapshot first = first();
        clock.advance(Duration.ofSeconds(2));
        source.gate = new CountDownLatch(1);
        CompletableFuture<@Nullable Snapshot> asked = askFor(Duration.ofMillis(100));
        await(() -> source.begun.get() == 2);
        source.failure = SnapshotFeedTest::lost;
        source.gate.countDown();
        assertSame(first, asked.get(30, TimeUnit.SECONDS));
    }

    @Test
    void aDefectInASampleEndsNothing() throws InterruptedException {
        first();
        source.failure = () -> new IllegalStateException("broken");
        clock.advance(Duration.ofSeconds(5));
        assertEquals(ErrorCode.INTERNAL_ERROR, told.nextFailure().code());
        source.failure = null;
        nextAfter(Duration.ofSeconds(1));
    }

    @Test
    void norDoesAnErrorInASampleOrAListener() throws InterruptedException {
        feed.listen(snapshot -> {
            throw new OutOfMemoryError("of a listener's");
        });
        first();
        source.error = new AssertionError("broken");
        clock.advance(Duration.ofSeconds(5));
        assertEquals(ErrorCode.INTERNAL_ERROR, told.nextFailure().code());
        source.error = null;
        nextAfter(Duration.ofSeconds(1));
        assertTrue(feed.isAlive());
        assertNull(new Readiness(feed).whyDead());
    }

    @Test
    void aFeedThatHasEndedIsNotAlive() throws InterruptedException {
        first();
        feed.close();
        await(() -> !feed.isAlive());
        String problem = new Readiness(feed).whyDead();
        assertTrue(problem != null && problem.startsWith("what reads the hypervisor has ended"), problem);
    }

    @Test
    void aListenerThatThrowsIsCountedAndStays() throws InterruptedException {
        CountDownLatch calls = new CountDownLatch(2);
        feed.listen(snapshot -> {
            calls.countDown();
            throw new IllegalStateException("a listener's defect");
        });
        first();
        nextAfter(Duration.ofSeconds(5));
        assertTrue(calls.await(30, TimeUnit.SECONDS));
        await(() ->
                health.failures().equals(Map.of(new ExporterHealth.Failure("listener", ErrorCode.INTERNAL_ERROR), 2L)));
    }

    @Test
    void aListenerThatIsClosedIsNotCalledAnyMore() throws InterruptedException {
        Told other = new Told();
        Subscription subscription = feed.listen(other);
        first();
        other.nextSnapshot();
        subscription.close();
        nextAfter(Duration.ofSeconds(5));
        assertTrue(other.isEmpty());
    }

    @Test
    void theDurationOfASampleIsKept() throws InterruptedException {
        first();
        source.gate = new CountDownLatch(1);
        clock.advance(Duration.ofSeconds(5));
        await(() -> source.begun.get() == 2);
        clock.advance(Duration.ofMillis(70));
        source.gate.countDown();
        told.nextSnapshot();
        assertEquals(Duration.ofMillis(70), health.sampleDuration());
    }

    @Test
    void closingItClosesTheConnectionAndLetsGoWhoeverWaits() throws Exception {
        Snapshot first = first();
        clock.advance(Duration.ofSeconds(2));
        source.gate = new CountDownLatch(1);
        CompletableFuture<@Nullable Snapshot> asked = askFor(Duration.ofMillis(100));
        await(() -> source.begun.get() == 2);
        feed.close();
        assertTrue(source.closed.await(30, TimeUnit.SECONDS));
        assertSame(first, asked.get(30, TimeUnit.SECONDS));
    }

    @Test
    void itOpensAnotherConnectionWhereTheFirstWasLost() throws InterruptedException, ExecutionException {
        try (SnapshotFeed own = SnapshotFeed.over(open(), this::open)
                .clock(clock)
                .mostNanosAsleep(1_000_000)
                .start()) {
            own.listen(told);
            assertNotNull(own.fresh(Duration.ZERO));
            hypervisor.faults().disconnect();
            clock.advance(Duration.ofSeconds(5));
            await(() -> own.failure() != null);
            hypervisor.faults().clear();
            clock.advance(Duration.ofSeconds(1));
            await(() -> own.failure() == null);
            assertEquals(1, own.latest().size());
        }
    }
}
