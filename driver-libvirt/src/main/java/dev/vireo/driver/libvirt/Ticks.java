package dev.vireo.driver.libvirt;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Calls something at intervals, on one daemon thread for all connections of the process: it must be quick. */
final class Ticks implements AutoCloseable {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "vireo-libvirt-ticks");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> ticking;

    Ticks(Duration interval, Runnable task) {
        ticking = CLOCK.scheduleWithFixedDelay(task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        ticking.cancel(false);
    }
}
