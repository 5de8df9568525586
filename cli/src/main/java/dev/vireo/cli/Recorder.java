package dev.vireo.cli;

import dev.vireo.HypervisorException;
import dev.vireo.cli.record.RotatingRecording;
import dev.vireo.monitor.Pace;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes snapshot after snapshot and writes it down. Where there was one, a failure to take another does not end it, as nobody may be
 * there to begin again: it tries again, less and less often.
 */
final class Recorder {
    private final SnapshotSource source;
    private final RotatingRecording recording;
    private final Pace pace;
    private final CountDownLatch stop;
    private final Diagnostics diagnostics;
    private int written;
    private boolean isLost;

    Recorder(
            SnapshotSource source,
            RotatingRecording recording,
            Pace pace,
            CountDownLatch stop,
            Diagnostics diagnostics) {
        this.source = source;
        this.recording = recording;
        this.pace = pace;
        this.stop = stop;
        this.diagnostics = diagnostics;
    }

    static Recorder of(SnapshotSource source, RotatingRecording recording, Duration period, Diagnostics diagnostics) {
        CountDownLatch stop = new CountDownLatch(1);
        Pace pace = new Pace(period, System::nanoTime, nanos -> stop.await(nanos, TimeUnit.NANOSECONDS));
        return new Recorder(source, recording, pace, stop, diagnostics);
    }

    /** Records until so many snapshots are written, or the process is asked to end. */
    void run(int count) throws IOException {
        EndOfProcess end = EndOfProcess.calls(stop::countDown);
        try {
            takeAll(count);
            recording.close();
            diagnostics.remark("recorded " + written + (written == 1 ? " snapshot" : " snapshots"));
        } finally {
            end.close();
        }
    }

    private void takeAll(int count) throws IOException {
        try {
            for (pace.await(); stop.getCount() > 0; pace.await()) {
                take();
                if (written == count) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where no snapshot can be taken it says so, once. */
    private void take() throws IOException, InterruptedException {
        try {
            Snapshot snapshot = source.next();
            pace.succeeded();
            if (isLost) {
                isLost = false;
                diagnostics.remark("snapshots again");
            }
            if (snapshot != null) {
                recording.append(snapshot);
                written++;
            }
        } catch (HypervisorException failure) {
            if (written == 0) {
                throw failure;
            }
            pace.failed();
            if (!isLost) {
                isLost = true;
                diagnostics.remark("no snapshot, trying again: " + failure.getMessage());
            }
        }
    }
}
