package dev.vireo.it;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/** What the kernel said of a group, time and again, by the clock on the wall: to be asked what it used between any two times. */
final class KernelLog implements AutoCloseable {
    private static final long BETWEEN_NANOS = Duration.ofMillis(50).toNanos();

    private final IndependentReader kernel;
    private final NavigableMap<Double, KernelTimes> times = new ConcurrentSkipListMap<>();
    private final CompletableFuture<Void> end;
    private volatile boolean isClosed;

    private KernelLog(IndependentReader kernel) {
        this.kernel = kernel;
        end = CompletableFuture.runAsync(this::write, task -> new Thread(task, "kernel log").start());
    }

    static KernelLog of(IndependentReader kernel) {
        return new KernelLog(kernel);
    }

    private void write() {
        while (!isClosed) {
            double before = now();
            KernelTimes read = kernel.read();
            times.put((before + now()) / 2, read);
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    /** Returns the time, in seconds since 1970. */
    static double now() {
        Instant now = Instant.now();
        return now.getEpochSecond() + now.getNano() / 1e9;
    }

    /** Waits until the kernel has been asked at a time or later. */
    void awaitReadAt(double seconds, Duration limit) throws IOException {
        Await.until("the kernel was asked", limit, () -> times.ceilingEntry(seconds) != null);
    }

    /** Returns how many CPUs a time grew by, on the mean, between two times that it was read before and after. */
    double rate(double from, double to, ToLongFunction<KernelTimes> time) {
        return (at(to, time) - at(from, time)) / 1e9 / (to - from);
    }

    private double at(double seconds, ToLongFunction<KernelTimes> time) {
        var before = times.floorEntry(seconds);
        var after = times.ceilingEntry(seconds);
        if (before == null || after == null) {
            throw new AssertionError("the kernel was not asked around " + seconds);
        }
        double span = after.getKey() - before.getKey();
        double part = span == 0 ? 0 : (seconds - before.getKey()) / span;
        long first = time.applyAsLong(before.getValue());
        return first + part * (time.applyAsLong(after.getValue()) - first);
    }

    @Override
    public void close() {
        isClosed = true;
        end.join();
    }
}
