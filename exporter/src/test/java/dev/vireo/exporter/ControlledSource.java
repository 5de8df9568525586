package dev.vireo.exporter;

import dev.vireo.monitor.Sampler;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Snapshots of a test's hypervisor that fail, or do not come, as the test says. */
final class ControlledSource implements SnapshotSource {
    final AtomicInteger begun = new AtomicInteger();
    final CountDownLatch closed = new CountDownLatch(1);
    volatile @Nullable Supplier<RuntimeException> failure;
    volatile @Nullable Error error;
    volatile CountDownLatch gate = new CountDownLatch(0);
    private final Sampler sampler;

    ControlledSource(Sampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Snapshot next() throws InterruptedException {
        begun.incrementAndGet();
        gate.await();
        Error broken = error;
        if (broken != null) {
            throw broken;
        }
        Supplier<RuntimeException> asked = failure;
        if (asked != null) {
            throw asked.get();
        }
        return sampler.sample();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
