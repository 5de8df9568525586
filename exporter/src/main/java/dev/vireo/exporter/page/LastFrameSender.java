package dev.vireo.exporter.page;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends on a thread of its own, so that the reader of a hypervisor waits neither for an encoding nor for a viewer. What is to
 * be sent is looked for when it is sent: where there is no time for each frame, the last one is sent. Thread-safe.
 */
final class LastFrameSender implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Runnable send;
    private final Runnable failed;
    private final Thread thread;
    private boolean isDue;
    private boolean isClosed;

    /**
     * Makes one that has nothing to send.
     *
     * @param send sends what there is by then
     * @param failed told when that failed
     */
    LastFrameSender(Runnable send, Runnable failed) {
        this.send = send;
        this.failed = failed;
        thread = new Thread(this::sendOn, "vireo-page");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has it send soon; never waits. */
    void wake() {
        lock.lock();
        try {
            isDue = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void sendOn() {
        while (awaitTurn()) {
            try {
                send.run();
            } catch (RuntimeException | Error broken) {
                // the next frame is another try, whatever it was
                failed.run();
            }
        }
    }

    /** Returns whether there is something to send, and false at the end. */
    private boolean awaitTurn() {
        lock.lock();
        try {
            while (!isDue && !isClosed) {
                changed.awaitUninterruptibly();
            }
            isDue = false;
            return !isClosed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread, after what it sends now. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
