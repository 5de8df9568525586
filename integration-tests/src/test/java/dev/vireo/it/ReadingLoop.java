package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread that reads a domain's totals until that fails. */
final class ReadingLoop {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicInteger readings = new AtomicInteger();
    private final Thread thread;
    private volatile Throwable failure;

    private ReadingLoop(Domain domain) {
        thread = new Thread(() -> run(domain), "reading loop");
        thread.setDaemon(true);
    }

    static ReadingLoop start(Domain domain) {
        ReadingLoop loop = new ReadingLoop(domain);
        loop.thread.start();
        return loop;
    }

    /** Returns the error of a call that is expected to fail. */
    static ErrorCode errorOf(Runnable call) {
        try {
            call.run();
        } catch (HypervisorException failed) {
            return failed.code();
        }
        throw new AssertionError("the call was expected to fail");
    }

    void awaitReadings(int count) throws IOException {
        Await.until(
                () -> "the loop has read " + count + " times; it ended with " + failure,
                LIMIT,
                () -> readings.get() >= count);
    }

    void assertEndsWith(ErrorCode code) throws IOException {
        Await.until("the loop ends", LIMIT, () -> failure != null);
        if (!(failure instanceof HypervisorException error)) {
            throw new AssertionError("the loop ended with something else than an error of ours", failure);
        }
        assertEquals(code, error.code(), error::getMessage);
    }

    private void run(Domain domain) {
        TypedParameters totals = TypedParameters.allocate(3);
        try {
            while (true) {
                domain.getCpuStats(totals, 3, -1, 1, 0);
                readings.incrementAndGet();
            }
        } catch (Throwable failed) {
            failure = failed;
        }
    }
}
