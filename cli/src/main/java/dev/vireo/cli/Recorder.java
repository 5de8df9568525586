package dev.vireo.cli;

import dev.vireo.HypervisorException;
import dev.vireo.cli.record.RotatingRecording;
import dev.vireo.cli.watch.SnapshotSource;
import dev.vireo.monitor.Snapshot;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes snapshot after snapshot and writes it down. Where the connection is lost it tries again, less and less often. */
final class Recorder {
    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST_WAIT = 30 * SECOND;

    private final SnapshotSource source;
    private final RotatingRecording recording;
    private final Pace pace;
    private final Diagnostics diagnostics;
    /** How long it waits before it tries again; 0 where nothing is lost. */
    private long wait;

    private long retryAt;

    Recorder(SnapshotSource source, RotatingRecording recording, Pace pace, Diagnostics diagnostics) {
        this.source = source;
        this.recording = recording;
        this.pace = pace;
        this.diagnostics = diagnostics;
    }

    /** Records until so many snapshots are written, or the process is asked to end. */
    void run(int count) throws IOException {
        int written = 0;
        EndOfProcess end = EndOfProcess.calls(pace::stop);
        try {
            pace.begin();
            do {
                Snapshot snapshot = wait > 0 && System.nanoTime() - retryAt < 0 ? null : sample();
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

    /** Returns null where the connection is lost: then it says so, once. */
    private @Nullable Snapshot sample() {
        try {
            Snapshot snapshot = source.next();
            if (wait > 0) {
                wait = 0;
                diagnostics.remark("connected again");
            }
            return snapshot;
        } catch (HypervisorException failure) {
            if (wait == 0 && !isOfTheConnection(failure)) {
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
            diagnostics.remark("connection lost, trying again: " + failure.getMessage());
        }
        wait = wait == 0 ? SECOND : Math.min(LONGEST_WAIT, 2 * wait);
        retryAt = System.nanoTime() + wait;
    }

    private static boolean isOfTheConnection(HypervisorException failure) {
        return switch (failure.code()) {
            case RPC, INVALID_CONN, NO_CONNECT -> true;
            default -> false;
        };
    }
}
