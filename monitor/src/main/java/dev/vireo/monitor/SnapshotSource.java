package dev.vireo.monitor;

import org.jspecify.annotations.Nullable;

/** Where snapshots come from, one after the other: a connection, or a recording. Not for several threads at once. */
public interface SnapshotSource extends AutoCloseable {
    /**
     * Returns the next snapshot.
     *
     * @return the snapshot, null if a recording is at its end
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    @Nullable Snapshot next() throws InterruptedException;

    @Override
    void close();
}
