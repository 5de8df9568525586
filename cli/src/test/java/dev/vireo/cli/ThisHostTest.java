package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThisHostTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void aHypervisorThatHangsIsNotWaitedForWithoutEnd() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean isDaemon = new AtomicBoolean();
        try {
            assertNull(ThisHost.told(
                    () -> {
                        isDaemon.set(Thread.currentThread().isDaemon());
                        await(released);
                        ended.countDown();
                        return "late";
                    },
                    Duration.ofMillis(200)));
        } finally {
            released.countDown();
        }
        assertTrue(ended.await(30, TimeUnit.SECONDS));
        assertTrue(isDaemon.get(), "a call that hangs keeps no process alive");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void oneThatAnswersIsBelievedAndOneThatFailsHasSaidNothing() {
        assertEquals("node1", ThisHost.told(() -> "node1", LONG));
        assertNull(ThisHost.told(
                () -> {
                    throw HypervisorException.of(ErrorCode.NO_SUPPORT, "test", "no name");
                },
                LONG));
    }
}
