package dev.vireo.driver.test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that moves only when it is told to. It begins at 0. Thread-safe. */
public final class ManualClock implements LongSupplier {
    private final AtomicLong nanos = new AtomicLong();

    /** Makes a clock that shows 0. */
    public ManualClock() {}

    /**
     * Moves the clock.
     *
     * @param time how far, not negative
     * @throws IllegalArgumentException if the time is negative
     */
    public void advance(Duration time) {
        advanceNanos(time.toNanos());
    }

    /**
     * Moves the clock.
     *
     * @param time nanoseconds, not negative
     * @throws IllegalArgumentException if the time is negative
     */
    public void advanceNanos(long time) {
        if (time < 0) {
            throw new IllegalArgumentException("a clock does not go back: " + time);
        }
        nanos.addAndGet(time);
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }
}
