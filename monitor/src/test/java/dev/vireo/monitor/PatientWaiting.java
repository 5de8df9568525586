package dev.vireo.monitor;

import dev.vireo.driver.test.ManualClock;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Waits for as long as something can still happen, by a clock that stands still meanwhile, and jumps to the deadline when what
 * is outstanding hangs.
 */
final class PatientWaiting implements Waiting {
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ManualClock clock;
    private volatile IntSupplier hungCalls = () -> 0;
    // calls that somebody waited for in vain hang on, and must not pass for those of the next wait
    private int givenUp;

    PatientWaiting(ManualClock clock) {
        this.clock = clock;
    }

    /** Counts other calls than before: none of them has been waited for. */
    void hungCalls(IntSupplier count) {
        givenUp = 0;
        hungCalls = count;
    }

    @Override
    public void await(Progress progress, long untilNanos) throws InterruptedException {
        long start = System.nanoTime();
        synchronized (progress) {
            while (progress.outstanding() > 0 && clock.getAsLong() < untilNanos) {
                int hung = hungCalls.getAsInt();
                givenUp = Math.min(givenUp, hung);
                if (hung - givenUp >= progress.outstanding()) {
                    givenUp += progress.outstanding();
                    clock.advanceNanos(untilNanos - clock.getAsLong());
                } else if (System.nanoTime() - start > GIVE_UP_NANOS) {
                    throw new AssertionError(progress.outstanding() + " calls hang that the test knows nothing of");
                } else {
                    progress.wait(1);
                }
            }
        }
    }
}
