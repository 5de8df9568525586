package dev.vireo.cli;

import dev.vireo.HypervisorException;
import dev.vireo.cli.record.RotatingRecording;
import dev.vireo.cli.watch.SnapshotSource;
import dev.vireo.monitor.Snapshot;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshot after snapshot and writes it down. Where there was one, a failure to take another does not end it, as nobody may be
 * there to begin again: it tries again, less and less often.
 */
final class Recorder {
    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST_WAIT = 30 * SECOND;

    private final SnapshotSource source;
    private final RotatingRecording recording;
    private final Pace pace;
    private final Diagnostics diagnostics;
    private final LongSupplier clock;
    private int written;
    /** How long it waits before it tries again; 0 where nothing is lost. */
    private long wait;

    private long retryAt;

    Recorder(
            SnapshotSource source,
            RotatingRecording recording,
            Pace pace,
            Diagnostics diagnostics,
            LongSupplier clock) {
        this.source = source;
        this.recording = recording;
        this.pace = pace;
        this.diagnostics = diagnostics;
        this.clock = clock;
    }

    /** Records until so many snapshots are written, or the process is asked to end. */
    void run(int count) throws IOException {
        EndOfProcess end = EndOfProcess.calls(pace::stop);
        try {
            pace.begin();
            do {
                Snapshot snapshot = wait > 0 && clock.getAsLong() - retryAt < 0 ? null : sample();
                if (snapshot != null) {
                    recording.append(snapshot);
                    written++;
                }
            } while (written < count && pace.await());
            recording.close();
            diagnostics.remark("recorded " + written + (written == 1 ? " snapshot" : " snapshots"));
        } finally {
            end.close();
        }
    }

    /** Returns null where none can be taken: then it says so, once. */
    private @Nullable Snapshot sample() {
        try {
            Snapshot snapshot = source.next();
            if (wait > 0) {
                wait = 0;
                diagnostics.remark("snapshots again");
            }
            return snapshot;
        } catch (HypervisorException failure) {
            if (written == 0) {
                throw failure;
            }
            lost(failure);
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void lost(HypervisorException failure) {
        if (wait == 0) {
            diagnostics.remark("no snapshot, trying again: " + failure.getMessage());
        }
        wait = wait == 0 ? SECOND : Math.min(LONGEST_WAIT, 2 * wait);
        retryAt = clock.getAsLong() + wait;
    }
}
