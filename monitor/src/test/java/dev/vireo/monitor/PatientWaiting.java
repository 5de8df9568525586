package dev.vireo.monitor;

import dev.vireo.driver.test.ManualClock;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * Waits for as long as something can still happen, by a clock that stands still meanwhile, and jumps to the deadline when what
 * is outstanding hangs.
 */
final class PatientWaiting implements Waiting {
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ManualClock clock;
    private volatile IntPredicate allThatIsOutstandingHangs = outstanding -> false;

    PatientWaiting(ManualClock clock) {
        this.clock = clock;
    }

    void timeIsUpWhen(IntPredicate condition) {
        allThatIsOutstandingHangs = condition;
    }

    @Override
    public void await(Progress progress, long untilNanos) throws InterruptedException {
        long start = System.nanoTime();
        synchronized (progress) {
            while (progress.outstanding() > 0 && clock.getAsLong() < untilNanos) {
                if (allThatIsOutstandingHangs.test(progress.outstanding())) {
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
