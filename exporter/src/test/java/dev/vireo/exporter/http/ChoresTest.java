package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChoresTest {
    private final Chores chores = new Chores();

    @AfterEach
    void stop() throws InterruptedException {
        chores.stop();
        chores.awaitEnd();
    }

    @Test
    void aChoreThatFailsIsDoneAgain() {
        AtomicInteger times = new AtomicInteger();
        chores.every(Duration.ofMillis(10), () -> {
            if (times.incrementAndGet() < 3) {
                throw new IllegalStateException("a failure of the test");
            }
        });
        Await.until("it has been done after it failed twice", () -> times.get() > 3);
    }

    @Test
    void aChoreThatRunsOutOfMemoryOrStackIsDoneAgain() {
        AtomicInteger times = new AtomicInteger();
        chores.every(Duration.ofMillis(10), () -> {
            switch (times.incrementAndGet()) {
                case 1 -> throw new OutOfMemoryError("none, says the test");
                case 2 -> throw new StackOverflowError("so says the test");
                default -> {}
            }
        });
        Await.until("it has been done after both", () -> times.get() > 3);
    }

    @Test
    void aChoreUnderWayIsInterruptedByTheEnd() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        chores.every(Duration.ofMillis(10), () -> {
            began.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        assertTrue(began.await(60, TimeUnit.SECONDS));
        chores.stop();
        assertTrue(interrupted.await(60, TimeUnit.SECONDS));
    }
}
