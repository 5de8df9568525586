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

    /**
     * Has the time of a recording stand still, or go on where it was. The time of a connection does as it pleases. Unlike the rest, for any
     * thread.
     *
     * @param isPaused whether it stands still
     */
    default void pause(boolean isPaused) {}

    @Override
    void close();
}
