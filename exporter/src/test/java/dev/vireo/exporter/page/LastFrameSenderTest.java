package dev.vireo.exporter.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LastFrameSenderTest {
    private final BlockingQueue<Integer> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private volatile int now;
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    private void send() {
        int frame = now;
        sent.add(frame);
        if (frame < 0) {
            throw new IllegalStateException("a frame that cannot be sent");
        }
        gate.join();
    }

    private void wake(LastFrameSender sender, int frame) {
        now = frame;
        sender.wake();
    }

    private static <T> @Nullable T next(BlockingQueue<T> queue) throws InterruptedException {
        return queue.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void ofFramesThatComeWhileItSendsOnlyTheLastIsSent() throws InterruptedException {
        gate = new CompletableFuture<>();
        try (LastFrameSender sender = new LastFrameSender(this::send, () -> failures.add("failed"))) {
            sender.start();
            wake(sender, 1);
            assertEquals(1, next(sent));
            for (int frame = 2; frame <= 10; frame++) {
                wake(sender, frame);
            }
            gate.complete(null);
            assertEquals(10, next(sent));
            wake(sender, 11);
            assertEquals(11, next(sent));
        } finally {
            gate.complete(null);
        }
    }

    @Test
    void aFrameThatCannotBeSentIsToldOfAndTheNextIsSent() throws InterruptedException {
        try (LastFrameSender sender = new LastFrameSender(this::send, () -> failures.add("failed"))) {
            sender.start();
            wake(sender, -1);
            assertEquals("failed", next(failures));
            wake(sender, 2);
            assertEquals(-1, next(sent));
            assertEquals(2, next(sent));
        }
    }
}
