package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread that reads a domain's total, or its first CPU, until that fails, or it is closed. */
final class ReadingLoop implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicInteger readings = new AtomicInteger();
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile Throwable failure;
    private volatile String wentBack = "";

    private ReadingLoop(Domain domain, int startCpu) {
        thread = new Thread(() -> run(domain, startCpu), "reading loop");
        thread.setDaemon(true);
    }

    static ReadingLoop start(Domain domain) {
        return start(domain, -1);
    }

    static ReadingLoop startPerCpu(Domain domain) {
        return start(domain, 0);
    }

    private static ReadingLoop start(Domain domain, int startCpu) {
        ReadingLoop loop = new ReadingLoop(domain, startCpu);
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

    /** Fails if a reading was smaller than the one before, or if there was none. */
    void assertNeverWentBack() throws IOException {
        awaitReadings(readings.get() + 1);
        assertEquals("", wentBack, "cpu_time went back");
    }

    void assertNeverFailed() throws IOException {
        awaitReadings(readings.get() + 1);
        if (failure != null) {
            throw new AssertionError("the loop ended", failure);
        }
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        Await.until("the loop ends", LIMIT, () -> !thread.isAlive());
    }

    private void run(Domain domain, int startCpu) {
        TypedParameters totals = TypedParameters.allocate(3);
        try {
            long last = 0;
            while (!isClosed) {
                domain.getCpuStats(totals, 3, startCpu, 1, 0);
                long now = totals.unsignedLong(0);
                if (now < last) {
                    wentBack = "from " + last + " to " + now;
                }
                last = now;
                readings.incrementAndGet();
            }
        } catch (Throwable failed) {
            failure = failed;
        }
    }
}
