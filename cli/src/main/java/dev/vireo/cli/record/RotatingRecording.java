package dev.vireo.cli.record;

import dev.vireo.monitor.RecordingWriter;
import dev.vireo.monitor.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A recording that goes on in a new file from time to time. The file that is written always has the same name; a full one is
 * closed and renamed, with the time of that added to its name, when there is a snapshot for the next: each snapshot is in one file. Not
 * thread-safe.
 */
public final class RotatingRecording implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;
    private final Rotation rotation;
    private RecordingWriter writer;
    private boolean isBegun;
    private long begunNanos;

    private RotatingRecording(Path file, Rotation rotation, RecordingWriter writer) {
        this.file = file;
        this.rotation = rotation;
        this.writer = writer;
    }

    /**
     * Opens a recording, and continues it if it is there.
     *
     * @param file the file
     * @param rotation when a new one begins
     * @return a recording
     * @throws IOException if the file is no recording, or cannot be written
     */
    public static RotatingRecording open(Path file, Rotation rotation) throws IOException {
        return new RotatingRecording(file, rotation, RecordingWriter.open(file));
    }

    /**
     * Writes a snapshot down, in a new file if the one before is full.
     *
     * @param snapshot the snapshot
     * @throws IOException if it cannot be written
     */
    public void append(Snapshot snapshot) throws IOException {
        if (isBegun && isDue(snapshot)) {
            rotate(snapshot.wallTime());
        }
        if (!isBegun) {
            isBegun = true;
            begunNanos = snapshot.monotonicNanos();
        }
        writer.append(snapshot);
    }

    private boolean isDue(Snapshot snapshot) {
        return writer.size() >= rotation.bytes() || snapshot.monotonicNanos() - begunNanos >= rotation.nanos();
    }

    private void rotate(Instant time) throws IOException {
        writer.close();
        Files.move(file, unused(file + "." + STAMP.format(time)));
        writer = RecordingWriter.open(file);
        isBegun = false;
    }

    /** The clock on the wall may go back, and a period be shorter than a second. */
    private static Path unused(String name) {
        Path path = Path.of(name);
        for (int i = 2; Files.exists(path); i++) {
            path = Path.of(name + "." + i);
        }
        return path;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
