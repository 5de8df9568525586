package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.driver.test.Hang;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A domain that hangs is stale, and holds nobody up. */
class HungDomainsTest {
    private static Scene scene(boolean inBulk, String... names) {
        return inBulk ? Scene.of(names) : Scene.without(Operation.CONNECT_GET_ALL_DOMAIN_STATS, names);
    }

    private static Hang hang(Scene scene, String name) {
        Hang hang = scene.hypervisor.faults().hang(scene.domain(name));
        scene.timeIsUpWhenOthersAreRead(hang);
        return hang;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDomainThatHangsIsStaleWithItsLastValuesAndTheirAge(boolean inBulk) throws Exception {
        try (Scene scene = scene(inBulk, "a", "b", "c")) {
            scene.domain("b").pause(); // so that its numbers are none of another's
            scene.clock.advance(Duration.ofSeconds(1));
            scene.domain("b").resume();
            DomainSample before = scene.sampleOf("b");
            hang(scene, "b");
            DomainSample b = Scene.in(scene.sampleAfter(Duration.ofSeconds(1)), "b");
            assertTrue(b.isStale());
            assertEquals(before.totalNanos(), b.totalNanos());
            assertEquals(before.readAtNanos(), b.readAtNanos());
            assertEquals(Duration.ofSeconds(2), b.age());
            assertEquals("a call to read it has not come back", b.staleReason().orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDomainThatHangsHoldsUpNoOther(boolean inBulk) throws Exception {
        try (Scene scene = scene(inBulk, "a", "b", "c")) {
            Snapshot before = scene.sample();
            hang(scene, "b");
            Snapshot after = scene.sampleAfter(Duration.ofSeconds(1));
            for (String other : List.of("a", "c")) {
                assertFalse(Scene.in(after, other).isStale(), other);
                assertEquals(2, Scene.rates(before, after, other).total().value(), 1e-9, other);
            }
            assertEquals(
                    List.of("a", "b", "c"),
                    after.domains().stream().map(DomainSample::name).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSampleTakesNoLongerThanItsDeadline(boolean inBulk) throws Exception {
        try (Scene scene = scene(inBulk, "a", "b")) {
            Snapshot before = scene.sample();
            hang(scene, "b");
            Snapshot after = scene.sample();
            assertEquals(1_000_000_000L, after.monotonicNanos() - before.monotonicNanos());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallThatHangsIsNotRepeated(boolean inBulk) throws Exception {
        try (Scene scene = scene(inBulk, "a", "b")) {
            scene.sample();
            Hang hang = hang(scene, "b");
            scene.sample();
            int calls = hang.calls();
            long before = scene.clock.getAsLong();
            for (int i = 0; i < 5; i++) {
                scene.sampleAfter(Duration.ofMinutes(1));
            }
            assertEquals(calls, hang.calls());
            assertEquals(
                    before + Duration.ofMinutes(5).toNanos(),
                    scene.clock.getAsLong(),
                    "nobody waits for a call that was given up");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDomainThatGoesOnIsReadAgain(boolean inBulk) throws Exception {
        try (Scene scene = scene(inBulk, "a", "b")) {
            scene.sample();
            Hang hang = hang(scene, "b");
            assertTrue(scene.sampleOf("b").isStale());
            hang.release();
            Snapshot after = scene.sampleAfter(Duration.ofMinutes(1));
            while (Scene.in(after, "b").isStale()) { // until the call that hung has come back
                after = scene.sample();
            }
            assertEquals(Duration.ZERO, Scene.in(after, "b").age());
        }
    }

    @Test
    void theBulkReadIsMadeAgainAsSoonAsItHasComeBack() throws Exception {
        try (Scene scene = Scene.of("a", "b")) {
            Hang hang = hang(scene, "b");
            scene.sample();
            hang.release();
            AtomicInteger bulkReads = new AtomicInteger();
            for (int call = 1; call <= 50_000; call++) {
                scene.hypervisor
                        .faults()
                        .before(Operation.CONNECT_GET_ALL_DOMAIN_STATS, call, bulkReads::incrementAndGet);
            }
            int calls = 0;
            for (int i = 0; calls != 1 && i < 10_000; i++) { // until the hung calls are back; the clock stands still
                calls = callsOfASample(scene, bulkReads);
            }
            assertEquals(1, calls, "one call for both domains");
        }
    }

    private static int callsOfASample(Scene scene, AtomicInteger calls) throws InterruptedException {
        int before = calls.get();
        scene.sample();
        return calls.get() - before;
    }

    @Test
    void aDomainThatHangsFromTheFirstSampleOnHasNoValuesButAReason() throws Exception {
        try (Scene scene = Scene.of("a", "b")) {
            hang(scene, "b");
            DomainSample b = scene.sampleOf("b");
            assertTrue(b.isStale());
            assertEquals(
                    "a call to read it has not come back",
                    b.totalNanos().reason().orElseThrow());
        }
    }

    @Test
    void manyThatHangLeaveThreadsForTheOthers() throws Exception {
        String[] names = IntStream.range(0, 20).mapToObj(i -> "d" + i).toArray(String[]::new);
        try (Scene scene = Scene.without(Operation.CONNECT_GET_ALL_DOMAIN_STATS, names)) {
            Hang[] hangs = IntStream.range(0, 7)
                    .mapToObj(i -> scene.hypervisor.faults().hang(scene.domain("d" + i)))
                    .toArray(Hang[]::new);
            scene.timeIsUpWhenOthersAreRead(hangs);
            Snapshot snapshot = scene.sample();
            assertEquals(
                    7, snapshot.domains().stream().filter(DomainSample::isStale).count());
            assertEquals(
                    0,
                    scene.sample().domains().stream()
                            .skip(7)
                            .filter(DomainSample::isStale)
                            .count());
        }
    }

    @Test
    void whatComesLateDoesNotMeddleWithTheNextSample() throws Exception {
        try (Scene scene = Scene.of("a", "b", "c")) {
            Hang hang = hang(scene, "b");
            scene.sample();
            hang.release();
            Snapshot after = scene.sampleAfter(Duration.ofMinutes(1));
            assertEquals(3, after.size());
            assertEquals(
                    3,
                    after.domains().stream().map(DomainSample::run).distinct().count());
        }
    }

    @Test
    void domainsThatAreNotListedInTimeAreThoseOfBefore() throws Exception {
        try (Scene scene = Scene.of("a", "b")) {
            scene.sample();
            CountDownLatch end = new CountDownLatch(1);
            AtomicInteger hung = new AtomicInteger();
            Runnable hang = () -> {
                hung.incrementAndGet();
                awaitUninterruptibly(end);
            };
            scene.timeIsUpWhenOthersAreRead(hung::get);
            scene.hypervisor.faults().before(Operation.CONNECT_GET_ALL_DOMAIN_STATS, 1, hang);
            scene.hypervisor.faults().before(Operation.CONNECT_DOMAIN_EVENT_REGISTER, 1, hang);
            Snapshot after = scene.sampleAfter(Duration.ofSeconds(1));
            end.countDown();
            assertEquals(2, after.size());
            assertTrue(after.domain(0).isStale());
            assertTrue(after.domain(1).totalNanos().isAvailable());
        }
    }

    @Test
    void domainsThatNeverWereListedInTimeAreAnError() throws Exception {
        try (Scene scene = Scene.without(Operation.CONNECT_GET_ALL_DOMAIN_STATS, "a")) {
            CountDownLatch end = new CountDownLatch(1);
            AtomicInteger hung = new AtomicInteger();
            scene.hypervisor.faults().before(Operation.CONNECT_DOMAIN_EVENT_REGISTER, 1, () -> {
                hung.incrementAndGet();
                awaitUninterruptibly(end);
            });
            scene.timeIsUpWhenOthersAreRead(hung::get);
            HypervisorException error = assertThrows(HypervisorException.class, scene::sample);
            end.countDown();
            assertEquals(ErrorCode.OPERATION_TIMEOUT, error.code());
            assertTrue(error.getMessage().contains("1000 ms"), error.getMessage());
        }
    }

    static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException again) {
                // only the test ends it
            }
        }
    }
}
