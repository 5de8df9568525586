package dev.vireo.it;

import dev.vireo.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread that reads all guests at once, again and again, until that fails or it is closed. */
final class SweepLoop implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicInteger sweeps = new AtomicInteger();
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile Throwable failure;
    private volatile Sweep last;

    private SweepLoop(Connection connection) {
        thread = new Thread(() -> run(connection), "sweep loop");
        thread.setDaemon(true);
    }

    static SweepLoop start(Connection connection) {
        SweepLoop loop = new SweepLoop(connection);
        loop.thread.start();
        return loop;
    }

    /** Returns the last of so many more reads; an error of any of them is a failure. */
    Sweep awaitMore(int count) throws IOException {
        int enough = sweeps.get() + count;
        Await.until("there were " + count + " more sweeps", LIMIT, () -> failure != null || sweeps.get() >= enough);
        if (failure != null) {
            throw new AssertionError("a bulk read failed", failure);
        }
        return last;
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        Await.until("the loop ends", LIMIT, () -> !thread.isAlive());
    }

    private void run(Connection connection) {
        try {
            while (!isClosed) {
                last = Sweep.of(connection);
                sweeps.incrementAndGet();
            }
        } catch (Throwable failed) {
            failure = failed;
        }
    }
}
