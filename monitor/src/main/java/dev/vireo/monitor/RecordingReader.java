package dev.vireo.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads the snapshots of a recording, one after the other, as they were when they were written: reasons, origins and both
 * clocks included. Rates between two snapshots of different {@linkplain #part() parts} do not exist: their runs are other runs.
 * Not thread-safe.
 */
public final class RecordingReader implements AutoCloseable {
    private final Path file;
    private final InputStream in;
    private final RecordingLines lines;
    private final SnapshotParser parser = new SnapshotParser();
    private final CRC32 checksum = new CRC32();
    private final List<String> ofSnapshot = new ArrayList<>();
    private long wholeBytes;
    private @Nullable String cut;

    private RecordingReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
        lines = new RecordingLines(file, in);
    }

    /**
     * Opens a recording.
     *
     * @param file the file
     * @return a reader before the first snapshot
     * @throws RecordingException if the file is empty, no recording, or of a newer format
     * @throws IOException if it cannot be read
     */
    public static RecordingReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return of(file, in);
        } catch (IOException | RuntimeException failed) {
            in.close();
            throw failed;
        }
    }

    static RecordingReader of(Path file, InputStream in) throws IOException {
        RecordingReader reader = new RecordingReader(file, in);
        reader.readFirstLine();
        return reader;
    }

    private void readFirstLine() throws IOException {
        String first = lines.next(RecordingFormat.FIRST_LINE.length() + 8);
        if (first == null) {
            throw lines.isCut() ? noRecording() : new RecordingException(file, 0, "the file is empty: no recording");
        }
        if (!first.startsWith(RecordingFormat.MAGIC)) {
            throw noRecording();
        }
        String version = first.substring(RecordingFormat.MAGIC.length());
        if (!version.equals(Integer.toString(RecordingFormat.VERSION))) {
            throw new RecordingException(
                    file,
                    1,
                    "the recording has format '" + version + "', and this version reads format "
                            + RecordingFormat.VERSION + "; read it with the version that wrote it, or a newer one");
        }
        wholeBytes = lines.offset();
    }

    private RecordingException noRecording() {
        return new RecordingException(
                file, 1, "no recording: the first line is not '" + RecordingFormat.FIRST_LINE.strip() + "'");
    }

    /**
     * Reads the next snapshot.
     *
     * @return the snapshot, null after the last whole one
     * @throws RecordingException if the file was changed or damaged: it says in which line
     * @throws IOException if it cannot be read
     */
    public @Nullable Snapshot next() throws IOException {
        long begin = lines.line() + 1;
        ofSnapshot.clear();
        checksum.reset();
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.startsWith(RecordingFormat.END + " ")) {
                return end(line.split(" ", -1), begin);
            }
            lines.addTo(checksum);
            ofSnapshot.add(line);
        }
        if (lines.isCut() || !ofSnapshot.isEmpty()) {
            cut = file + " is cut in line " + lines.line() + ": the snapshot that begins in line " + begin
                    + " is not whole";
        }
        return null;
    }

    private Snapshot end(String[] fields, long begin) throws RecordingException {
        long end = lines.line();
        if (fields.length != 3 || !fields[2].equals(checksum(checksum))) {
            throw new RecordingException(
                    file,
                    end,
                    "the snapshot of the lines " + begin + " to " + end
                            + " does not have its checksum: the file was changed or damaged");
        }
        long at = begin;
        try {
            for (String line : ofSnapshot) {
                parser.line(line);
                at++;
            }
            Snapshot snapshot = parser.end(Integer.parseInt(fields[1]));
            wholeBytes = lines.offset();
            return snapshot;
        } catch (RuntimeException unreadable) {
            throw new RecordingException(file, at, "the line cannot be read: " + unreadable.getMessage());
        }
    }

    static String checksum(CRC32 checksum) {
        return String.format("%08x", checksum.getValue());
    }

    /**
     * Returns which part of the recording the last snapshot belongs to. Each writer begins a part, and so do the clocks: the
     * monotonic times of two parts have nothing to do with each other.
     *
     * @return from 1; 0 before the first snapshot
     */
    public int part() {
        return parser.part();
    }

    /**
     * Tells where the recording is cut, as it is if its writer was killed in the middle of a snapshot.
     *
     * @return file and line, fit to be shown; empty if it is whole, or has not been read to its end
     */
    public Optional<String> cut() {
        return Optional.ofNullable(cut);
    }

    /** Returns how many bytes the first line and the snapshots that were read take. */
    long wholeBytes() {
        return wholeBytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
