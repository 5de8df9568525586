package dev.vireo.cli.record;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A time that can be made to stand still, and goes on where it was. Thread-safe. */
final class PausableTime {
    /** Waits, at most so long, for {@link Object#notifyAll} of a monitor that is held. */
    interface Wait {
        void nanos(Object monitor, long time) throws InterruptedException;
    }

    private static final long FOR_EVER = Long.MAX_VALUE;

    private final LongSupplier clock;
    private final Wait wait;
    private boolean isPaused;

    /**
     * Makes a time that goes.
     *
     * @param clock monotonic, in nanoseconds
     * @param wait how it waits
     */
    PausableTime(LongSupplier clock, Wait wait) {
        this.clock = clock;
        this.wait = wait;
    }

    static PausableTime ofThisProcess() {
        return new PausableTime(System::nanoTime, (monitor, time) -> TimeUnit.NANOSECONDS.timedWait(monitor, time));
    }

    /** Waits until so much of this time is over; while it stands still, also for nothing. */
    synchronized void await(long nanos) throws InterruptedException {
        long left = nanos;
        while (left > 0 || isPaused) {
            boolean stands = isPaused;
            long begun = clock.getAsLong();
            wait.nanos(this, stands ? FOR_EVER : left);
            left -= stands ? 0 : clock.getAsLong() - begun;
        }
    }

    synchronized void pause(boolean pauses) {
        isPaused = pauses;
        notifyAll();
    }
}
