package dev.vireo.exporter.http;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does what is due again and again, on two threads of its own. A chore that fails is done again all the same. */
final class Chores {
    private static final System.Logger LOG = System.getLogger("dev.vireo.exporter.http");
    private static final int CLOSE_SECONDS = 2;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "vireo-http-chores");
        thread.setDaemon(true);
        return thread;
    });

    /** Does a chore for the first time after the interval, and then as long after its end each time. */
    void every(Duration interval, Runnable chore) {
        long nanos = interval.toNanos();
        var unused = threads.scheduleWithFixedDelay(() -> attempt(chore), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    // An error, too: what throws is not called again, and without the sweep no limit would hold any more.
    private static void attempt(Runnable chore) {
        try {
            chore.run();
        } catch (Throwable e) {
            tell(e);
        }
    }

    private static void tell(Throwable failure) {
        try {
            LOG.log(System.Logger.Level.WARNING, "a chore of the web server failed", failure);
        } catch (Throwable e) {
            // where memory is short the log may fail as the chore did; the next time is what matters
        }
    }

    /** Begins no chore any more, and interrupts those under way. */
    void stop() {
        threads.shutdownNow();
    }

    /** Waits until those under way have ended; for two seconds at most. */
    void awaitEnd() throws InterruptedException {
        if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            LOG.log(System.Logger.Level.WARNING, "a chore of the web server does not end");
        }
    }
}
