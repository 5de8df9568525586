package dev.vireo.exporter;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a feed was built with. Immutable.
 *
 * @param mostNanosAsleep after what time a thread that waits looks at the clock again: a test moves the clock without a word
 */
record FeedSettings(Duration interval, Duration deadline, LongSupplier clock, long mostNanosAsleep) {
    private static final Duration WATCHED_INTERVAL = Duration.ofSeconds(1);

    long now() {
        return clock.getAsLong();
    }

    /** Returns how long to wait in earnest where some time is left by the clock. */
    long asleep(long left) {
        return Math.min(left, mostNanosAsleep);
    }

    Duration interval(boolean isWatched) {
        return isWatched && interval.compareTo(WATCHED_INTERVAL) > 0 ? WATCHED_INTERVAL : interval;
    }
}
