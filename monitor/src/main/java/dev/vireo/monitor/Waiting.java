package dev.vireo.monitor;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How a sampler waits for others to end what they do: of the clocks that it is given the one that a test must move itself. */
@FunctionalInterface
interface Waiting {
    /** Returns when nothing is outstanding any more, or when the clock shows a time. */
    void await(Progress progress, long untilNanos) throws InterruptedException;

    static Waiting by(LongSupplier clock) {
        return (progress, untilNanos) -> {
            synchronized (progress) {
                long left = untilNanos - clock.getAsLong();
                while (progress.outstanding() > 0 && left > 0) {
                    // rounded up, as 0 would be for ever
                    progress.wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
                    left = untilNanos - clock.getAsLong();
                }
            }
        };
    }
}
