package dev.vireo.exporter;

import dev.vireo.HypervisorException;
import dev.vireo.monitor.Snapshot;

/** Is told what a {@link SnapshotFeed} comes by, on the feed's thread: it must be quick, as nothing is read meanwhile. */
@FunctionalInterface
public interface FeedListener {
    /**
     * Takes the next snapshot.
     *
     * @param snapshot what all domains had used
     */
    void sampled(Snapshot snapshot);

    /**
     * Takes note that there was to be a snapshot and is none. It is tried again, later and later; the next
     * {@link #sampled} says that all is well again.
     *
     * @param failure why
     */
    default void failed(HypervisorException failure) {}
}
