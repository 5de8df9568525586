package dev.vireo.driver.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallsTest {
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LATE = Duration.ofMinutes(1);

    private final FakeLine line = new FakeLine();
    private final Calls unlimited = new Calls(Optional.empty(), line);
    private final Calls limited = new Calls(Optional.of(SOON), line);
    private final Calls patient = new Calls(Optional.of(LATE), line);
    private final BlockingQueue<String> late = new LinkedBlockingQueue<>();

    /** Its calls come back when it is shut down. */
    private static final class FakeLine implements Line {
        private final CountDownLatch down = new CountDownLatch(1);
        private volatile boolean alive = true;

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public void shutDown() {
            down.countDown();
        }

        boolean isDown() {
            return down.getCount() == 0;
        }

        String await(String answer) {
            try {
                down.await();
                return answer;
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    @AfterEach
    void nothingHangs() {
        line.shutDown();
    }

    @Test
    void withoutALimitTheCallersThreadCalls() {
        assertSame(Thread.currentThread(), unlimited.run("x", Thread::currentThread));
        assertNotSame(Thread.currentThread(), patient.run("x", Thread::currentThread));
    }

    @Test
    void aCallThatIsNotBackInTimeIsATimeoutThatSaysWhatAndHowLong() {
        HypervisorException error =
                assertThrows(HypervisorException.class, () -> limited.run("getInfo of x", () -> line.await("late")));
        assertEquals(ErrorCode.OPERATION_TIMEOUT, error.code());
        assertTrue(error.getMessage().contains("getInfo of x"), error::getMessage);
        assertTrue(error.getMessage().contains("20 ms"), error::getMessage);
    }

    @Test
    void aResultThatComesLateIsGivenBack() throws InterruptedException {
        assertThrows(HypervisorException.class, () -> limited.run("x", () -> line.await("late"), late::add));
        line.shutDown();
        assertEquals("late", late.take());
    }

    @Test
    void anErrorOfACallIsTheCallersErrorOnWhateverThread() {
        HypervisorException error = HypervisorException.of(ErrorCode.NO_DOMAIN, "libvirt", "x");
        Supplier<String> failing = () -> {
            throw error;
        };
        assertSame(error, assertThrows(HypervisorException.class, () -> unlimited.run("x", failing)));
        assertSame(error, assertThrows(HypervisorException.class, () -> patient.run("x", failing)));
        assertFalse(line.isDown(), "one domain's error is nobody else's");
    }

    @Test
    void anErrorOfABrokenLineFreesAllWhoWait() {
        line.alive = false;
        assertThrows(
                HypervisorException.class,
                () -> unlimited.run("x", () -> {
                    throw HypervisorException.of(ErrorCode.RPC, "libvirt", "closed");
                }));
        assertTrue(line.isDown());
    }

    @Test
    void eightCallsThatDoNotComeBackAreTheEndOfTheConnection() {
        for (int i = 1; i < Calls.MOST_ABANDONED; i++) {
            assertThrows(HypervisorException.class, () -> limited.run("x", () -> line.await("late")));
            assertTrue(limited.isAlive(), "after " + i);
        }
        assertThrows(HypervisorException.class, () -> limited.run("x", () -> line.await("late")));
        assertFalse(limited.isAlive());
        assertTrue(line.isDown());
        HypervisorException error = assertThrows(HypervisorException.class, () -> limited.run("y", () -> "never"));
        assertEquals(ErrorCode.OPERATION_TIMEOUT, error.code());
        assertTrue(error.getMessage().contains("y was not tried"), error::getMessage);
    }

    @Test
    void aGuestThatHangsIsWaitedForInPatienceOnlyAndDoesNotEndTheConnection() throws InterruptedException {
        for (int i = 1; i <= Calls.MOST_ABANDONED; i++) {
            assertNull(unlimited.runPatiently(SOON, () -> line.await("late"), late::add));
            assertEquals(i, unlimited.hanging());
        }
        assertTrue(unlimited.isAlive());
        line.shutDown();
        for (int i = 1; i <= Calls.MOST_ABANDONED; i++) {
            assertEquals("late", late.take());
        }
        assertEquals(0, unlimited.hanging());
        assertEquals("back", unlimited.runPatiently(LATE, () -> "back", late::add));
    }

    @Test
    void anInterruptEndsNoCallAndIsKept() {
        Thread.currentThread().interrupt();
        assertEquals("back", patient.run("x", () -> "back"));
        assertTrue(Thread.interrupted());
    }

    @Test
    void closingWaitsForCallsThatWereLeftBehindAndFreesThem() throws InterruptedException {
        assertThrows(HypervisorException.class, () -> limited.run("x", () -> line.await("late"), late::add));
        CountDownLatch closed = new CountDownLatch(1);
        limited.close(() -> {
            late.add("closed");
            closed.countDown();
        });
        assertTrue(closed.await(30, TimeUnit.SECONDS));
        assertEquals("late", late.take());
        assertEquals("closed", late.take());
    }

    @Test
    void closingIsDoneWhenItReturnsIfNothingHangs() {
        Thread[] closer = new Thread[1];
        unlimited.close(() -> closer[0] = Thread.currentThread());
        assertNotNull(closer[0]);
        assertFalse(line.isDown());
    }

    @Test
    void aCloseThatTheDaemonHoldsUpIsFreedByTheLine() throws InterruptedException {
        limited.close(() -> late.add(line.await("closed")));
        assertTrue(line.isDown());
        assertEquals("closed", late.take());
    }
}
