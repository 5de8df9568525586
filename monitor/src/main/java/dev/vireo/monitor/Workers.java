package dev.vireo.monitor;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that call drivers, so that a call that never comes back takes none of the caller's. There are never more than
 * {@link #MOST}: what hangs keeps its thread, and does not get another one. Thread-safe.
 */
final class Workers implements AutoCloseable {
    static final int MOST = 66;

    private final AtomicInteger busy = new AtomicInteger();
    private final ExecutorService threads;

    Workers(String name) {
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns how many threads hang or work. */
    int busy() {
        return busy.get();
    }

    /** Starts something; returns false if there are too many threads already, or no more are wanted. */
    boolean start(Runnable work) {
        if (busy.incrementAndGet() > MOST) {
            busy.decrementAndGet();
            return false;
        }
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } finally {
                    busy.decrementAndGet();
                }
            });
            return true;
        } catch (RejectedExecutionException closed) {
            busy.decrementAndGet();
            return false;
        }
    }

    /** Ends the threads that are idle now, and interrupts the others. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
