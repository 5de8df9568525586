package dev.vireo;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the calls in flight and closes once, when none is: after {@link #close()} nobody enters, and whoever brings the
 * count to zero runs the closing action. Nobody ever waits.
 *
 * <p>One int holds the count; its sign bit means closed. A read-write lock would cost fifty times as much and allocate.
 */
final class CallGate {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean closingDone = new AtomicBoolean();
    private final Runnable closing;

    CallGate(Runnable closing) {
        this.closing = closing;
    }

    /** Returns whether the call may go on; only then it must {@link #leave()}. */
    boolean enter() {
        if (calls.getAndIncrement() >= 0) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        // a refused caller's own count may be the last to go, so it closes as well
        if (calls.decrementAndGet() == CLOSED) {
            runClosingOnce();
        }
    }

    void close() {
        if (calls.getAndUpdate(count -> count | CLOSED) == 0) {
            runClosingOnce();
        }
    }

    boolean isClosed() {
        return calls.get() < 0;
    }

    private void runClosingOnce() {
        if (closingDone.compareAndSet(false, true)) {
            closing.run();
        }
    }
}
