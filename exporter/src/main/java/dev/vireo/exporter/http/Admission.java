package dev.vireo.exporter.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets few run at once and few more wait, in the order in which they came: whatever costs processor time or memory goes
 * through one, so that a crowd cannot take all threads. Thread-safe.
 */
final class Admission {
    private final Semaphore running;
    private final Semaphore inside;
    private final Duration patience;

    Admission(int running, int waiting, Duration patience) {
        this.running = new Semaphore(running, true);
        this.inside = new Semaphore(running + waiting);
        this.patience = patience;
    }

    /** Returns true if the caller may go on, and is to {@link #leave}; false if too many are before him. */
    boolean enter() throws InterruptedException {
        if (!inside.tryAcquire()) {
            return false;
        }
        boolean admitted = false;
        try {
            admitted = running.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            if (!admitted) {
                inside.release();
            }
        }
        return admitted;
    }

    void leave() {
        running.release();
        inside.release();
    }
}
