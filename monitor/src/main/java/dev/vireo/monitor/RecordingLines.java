package dev.vireo.monitor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The lines of a recording, counted, with a running checksum. A last line that nothing ends is none. Not thread-safe. */
final class RecordingLines {
    private static final int LONGEST = 16 << 20;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private long line;
    private long offset;
    private boolean isCut;
    private byte[] bytes = {};

    RecordingLines(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** Returns the line that was read last, from 1; after the end, the one that is cut. */
    long line() {
        return line;
    }

    /** Returns how many bytes the lines that were read take. */
    long offset() {
        return offset;
    }

    /** Tells whether the file ended in the middle of a line. */
    boolean isCut() {
        return isCut;
    }

    /**
     * Reads a line.
     *
     * @param longest how many bytes it may have
     * @return null at the end of the file
     */
    @Nullable String next(int longest) throws IOException {
        ByteArrayOutputStream start = null;
        while (true) {
            int feed = indexOfFeed();
            int length = (feed < 0 ? end : feed) - at;
            if (length + (start == null ? 0 : start.size()) > longest) {
                throw new RecordingException(file, line + 1, "the line is too long for a recording");
            }
            if (feed >= 0) {
                return line(start, feed);
            }
            if (length > 0) {
                start = start == null ? new ByteArrayOutputStream() : start;
                start.write(buffer, at, length);
            }
            at = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                isCut = start != null;
                line++;
                return null;
            }
        }
    }

    @Nullable String next() throws IOException {
        return next(LONGEST);
    }

    /** Adds the last line to a checksum. */
    void addTo(CRC32 checksum) {
        checksum.update(bytes, 0, bytes.length);
        checksum.update('\n');
    }

    private String line(@Nullable ByteArrayOutputStream start, int feed) {
        if (start == null) {
            bytes = Arrays.copyOfRange(buffer, at, feed);
        } else {
            start.write(buffer, at, feed - at);
            bytes = start.toByteArray();
        }
        at = feed + 1;
        line++;
        offset += bytes.length + 1;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int indexOfFeed() {
        for (int i = at; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
