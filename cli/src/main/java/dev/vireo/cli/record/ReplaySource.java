package dev.vireo.cli.record;

import dev.vireo.monitor.RecordingReader;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays a recording again. Not for several threads at once. */
public final class ReplaySource implements SnapshotSource {
    /** The speed that waits for nothing. */
    public static final double AT_ONCE = Double.POSITIVE_INFINITY;

    /** Waits so many nanoseconds. */
    interface Waiting {
        void await(long nanos) throws InterruptedException;
    }

    private final RecordingReader reader;
    private final double speed;
    private final Waiting waiting;
    private @Nullable Snapshot previous;
    private int previousPart;

    private ReplaySource(RecordingReader reader, double speed, Waiting waiting) {
        this.reader = reader;
        this.speed = speed;
        this.waiting = waiting;
    }

    /**
     * Opens a recording.
     *
     * @param file the file
     * @param speed how many times as fast as it was recorded: 1 as it was, {@link #AT_ONCE} without waiting
     * @return a source before the first snapshot
     * @throws dev.vireo.monitor.RecordingException if the file is no recording, or of a newer format
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if the speed is not more than 0
     */
    public static ReplaySource open(Path file, double speed) throws IOException {
        return open(file, speed, TimeUnit.NANOSECONDS::sleep);
    }

    static ReplaySource open(Path file, double speed, Waiting waiting) throws IOException {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("a speed is more than 0, not " + speed);
        }
        return new ReplaySource(RecordingReader.open(file), speed, waiting);
    }

    /**
     * Returns the next snapshot, after as much time as lay between it and the one before. Between two parts of a recording,
     * when nobody recorded, it waits for nothing.
     *
     * @return the snapshot, null at the end
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws UncheckedIOException if the file cannot be read, or is damaged: the cause says in which line
     */
    @Override
    public @Nullable Snapshot next() throws InterruptedException {
        Snapshot next = read();
        if (next != null && previous != null && reader.part() == previousPart) {
            double nanos = (next.monotonicNanos() - previous.monotonicNanos()) / speed;
            if (nanos >= 1) {
                waiting.await((long) nanos);
            }
        }
        previous = next;
        previousPart = reader.part();
        return next;
    }

    private @Nullable Snapshot read() {
        try {
            return reader.next();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Tells where the recording is cut.
     *
     * @return file and line, fit to be shown; empty if it is whole, or has not been read to its end
     */
    public Optional<String> cut() {
        return reader.cut();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException nothingIsLost) {
            // it was only read
        }
    }
}
