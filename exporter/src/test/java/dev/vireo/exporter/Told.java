package dev.vireo.exporter;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.vireo.HypervisorException;
import dev.vireo.monitor.Snapshot;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a feed tells until the test asks for it. */
final class Told implements FeedListener {
    private final BlockingQueue<Object> all = new LinkedBlockingQueue<>();

    @Override
    public void sampled(Snapshot snapshot) {
        all.add(snapshot);
    }

    @Override
    public void failed(HypervisorException failure) {
        all.add(failure);
    }

    Snapshot nextSnapshot() throws InterruptedException {
        return (Snapshot) next();
    }

    HypervisorException nextFailure() throws InterruptedException {
        return (HypervisorException) next();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    private Object next() throws InterruptedException {
        Object next = all.poll(30, TimeUnit.SECONDS);
        assertNotNull(next, "the feed tells nothing");
        return next;
    }
}
