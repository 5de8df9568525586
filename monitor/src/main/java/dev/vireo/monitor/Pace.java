package dev.vireo.monitor;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When the next snapshot is due: after each period, counted from the end of the first, or later where one took longer. After a
 * failure it is tried again, later and later.
 */
public final class Pace {
    /** Waits. */
    @FunctionalInterface
    public interface Wait {
        /**
         * Waits for some time.
         *
         * @param time how long, in nanoseconds
         * @throws InterruptedException if the thread is interrupted
         */
        void nanos(long time) throws InterruptedException;
    }

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final LongSupplier clock;
    private final Wait wait;
    private long period;
    private boolean hasBegun;
    private boolean isSteady;
    private long due;
    private Duration retry = FIRST_RETRY;

    /**
     * Makes a pace.
     *
     * @param period the time between two snapshots
     * @param clock monotonic, in nanoseconds
     * @param wait how it waits
     */
    public Pace(Duration period, LongSupplier clock, Wait wait) {
        this.period = period.toNanos();
        this.clock = clock;
        this.wait = wait;
    }

    /**
     * Makes one by the time of this process.
     *
     * @param period the time between two snapshots
     * @return the pace
     */
    public static Pace of(Duration period) {
        return new Pace(
                period,
                System::nanoTime,
                nanos -> Thread.sleep(Duration.ofNanos(nanos + 999_999).toMillis()));
    }

    /**
     * Waits until the next snapshot is due; the first one is at once.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void await() throws InterruptedException {
        long left = leftNanos();
        if (left > 0) {
            wait.nanos(left);
        }
    }

    /**
     * Tells how long it is until the next snapshot is due, and does not wait. One that is late moves all that come after it.
     *
     * @return nanoseconds, 0 if it is due
     */
    public long leftNanos() {
        long now = clock.getAsLong();
        if (hasBegun && due - now > 0) {
            return due - now;
        }
        hasBegun = true;
        due = now;
        return 0;
    }

    /**
     * Changes the time between two snapshots. A shorter one holds at once, but for a time that it waits after a failure; a longer
     * one from the next snapshot on.
     *
     * @param time the time between two snapshots
     */
    public void period(Duration time) {
        period = time.toNanos();
        long soonest = clock.getAsLong() + period;
        if (isSteady && due - soonest > 0) {
            due = soonest;
        }
    }

    /** Notes that a snapshot was made. */
    public void succeeded() {
        retry = FIRST_RETRY;
        // the first one takes long, and the interval after it is to be a whole one
        due = (isSteady ? due : clock.getAsLong()) + period;
        isSteady = true;
    }

    /**
     * Notes that none was.
     *
     * @return after what time it is tried again: twice the last one, up to half a minute
     */
    public Duration failed() {
        Duration time = retry;
        isSteady = false;
        due = clock.getAsLong() + time.toNanos();
        retry = time.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? time.multipliedBy(2) : LAST_RETRY;
        return time;
    }
}
