package dev.vireo.cli.top;

import dev.vireo.HypervisorException;
import dev.vireo.monitor.Pace;
import dev.vireo.monitor.Rates;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes rates of the snapshots of a source, in their time, and closes it. A source that fails is asked again, later and later. One
 * thread at a time asks for what is next; any may close it.
 */
public final class Feed implements AutoCloseable {
    private final SnapshotSource source;
    private final Pace pace;
    private @Nullable Snapshot earlier;
    private boolean isAsked;
    private boolean isClosed;

    Feed(SnapshotSource source, Pace pace) {
        this.source = source;
        this.pace = pace;
    }

    /**
     * Makes one by the time of this process.
     *
     * @param source where the snapshots come from; the feed closes it
     * @param period the time between two of them
     * @return the feed
     */
    public static Feed of(SnapshotSource source, Duration period) {
        return new Feed(source, Pace.of(period));
    }

    /** Waits until something is due and returns what came of it. After a failure there are no rates at first. */
    Event next() throws InterruptedException {
        pace.await();
        if (!enter()) {
            return new Event.Ended();
        }
        try {
            return ask();
        } finally {
            leave();
        }
    }

    private Event ask() throws InterruptedException {
        try {
            Snapshot later = source.next();
            if (later == null) {
                return new Event.Ended();
            }
            pace.succeeded();
            Rates rates = Rates.between(earlier == null ? later : earlier, later);
            earlier = later;
            return new Event.Sampled(rates);
        } catch (HypervisorException failure) {
            earlier = null;
            return new Event.Failed(failure.code().libvirtName() + ": " + failure.getMessage(), pace.failed());
        }
    }

    /** Has a recording stand still, or go on. */
    void pause(boolean isPaused) {
        source.pause(isPaused);
    }

    private synchronized boolean enter() {
        isAsked = !isClosed;
        return isAsked;
    }

    private void leave() {
        boolean isLast;
        synchronized (this) {
            isAsked = false;
            isLast = isClosed;
        }
        if (isLast) {
            source.close();
        }
    }

    /** Closes the source: now, or where a thread still waits for it, on that thread when it comes back. */
    @Override
    public void close() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            if (isAsked) {
                return;
            }
        }
        source.close();
    }
}
