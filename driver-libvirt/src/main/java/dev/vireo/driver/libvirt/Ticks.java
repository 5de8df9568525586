package dev.vireo.driver.libvirt;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Calls something at intervals, on one daemon thread for all connections of the process: it must be quick. */
final class Ticks implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "vireo-libvirt-ticks");
        thread.setDaemon(true);
        return thread;
    });

    static {
        // else a closed session would be held until its next tick
        CLOCK.setRemoveOnCancelPolicy(true);
    }

    private final ScheduledFuture<?> ticking;

    Ticks(Duration interval, Runnable task) {
        ticking = CLOCK.scheduleWithFixedDelay(task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        ticking.cancel(false);
    }
}
