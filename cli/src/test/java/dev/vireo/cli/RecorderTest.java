package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Reading;
import dev.vireo.cli.record.RotatingRecording;
import dev.vireo.cli.record.Rotation;
import dev.vireo.monitor.Pace;
import dev.vireo.monitor.RecordingReader;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotBuilder;
import dev.vireo.monitor.SnapshotSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private int asked;
    private long now;

    /** A source that fails at some of the times when it is asked, counted from 1. */
    private SnapshotSource failing(int first, int last) {
        return new SnapshotSource() {
            @Override
            public Snapshot next() {
                asked++;
                if (asked >= first && asked <= last) {
                    throw HypervisorException.of(ErrorCode.INTERNAL_ERROR, "fake", "the daemon is gone");
                }
                return new SnapshotBuilder().build(asked, Instant.EPOCH, "test", Reading.of(asked));
            }

            @Override
            public void close() {}
        };
    }

    private void record(SnapshotSource source, int count) throws IOException {
        try (RotatingRecording recording = RotatingRecording.open(directory.resolve("a.rec"), Rotation.NEVER)) {
            Pace pace = new Pace(Duration.ofSeconds(1), () -> now, nanos -> now += nanos);
            new Recorder(source, recording, pace, new CountDownLatch(1), new Diagnostics(err)).run(count);
        }
    }

    private int recorded() throws IOException {
        int count = 0;
        try (RecordingReader reader = RecordingReader.open(directory.resolve("a.rec"))) {
            while (reader.next() != null) {
                count++;
            }
        }
        return count;
    }

    @Test
    void whereNoSnapshotCanBeHadForAWhileItSaysSoOnceAndGoesOn() throws IOException {
        record(failing(3, 6), 5);
        assertEquals(5, recorded());
        assertEquals(9, asked);
        assertEquals("""
                vireo: no snapshot, trying again: internal error: the daemon is gone
                vireo: snapshots again
                vireo: recorded 5 snapshots
                """, err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void itTriesAgainLessAndLessOften() throws IOException {
        record(failing(2, 8), 2);
        // 1, 2, 4, 8, 16, 30 and 30 seconds
        assertTrue(now >= 91 * SECOND, () -> now / SECOND + " s");
        assertEquals(9, asked);
    }

    @Test
    void whereTheFirstSnapshotCannotBeHadItFails() {
        HypervisorException failure = assertThrows(HypervisorException.class, () -> record(failing(1, 1), 2));
        assertEquals(ErrorCode.INTERNAL_ERROR, failure.code());
        assertEquals(1, asked);
    }
}
