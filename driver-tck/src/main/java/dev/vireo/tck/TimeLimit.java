package dev.vireo.tck;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Ends what does not come back, and says where it is. */
final class TimeLimit {
    private static final int FRAMES = 12;

    /** What may fail with anything. */
    @FunctionalInterface
    interface Action {
        void run() throws Throwable;
    }

    private TimeLimit() {}

    static void run(Duration limit, Action action) throws Throwable {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        action.run();
                    } catch (Throwable failed) {
                        failure.set(failed);
                    }
                },
                Thread.currentThread().getName() + ", limited");
        thread.setDaemon(true);
        thread.start();
        if (!join(thread, limit)) {
            String where = Arrays.stream(thread.getStackTrace())
                    .limit(FRAMES)
                    .map(frame -> "\n    at " + frame)
                    .collect(Collectors.joining());
            thread.interrupt();
            throw new AssertionError("it did not come back in " + limit.toSeconds() + " s; it is" + where);
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private static boolean join(Thread thread, Duration limit) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, limit.toNanos());
        return !thread.isAlive();
    }
}
