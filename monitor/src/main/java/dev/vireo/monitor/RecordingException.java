package dev.vireo.monitor;

import java.io.IOException;
import java.nio.file.Path;

/** Says that a file is no recording, or not one that can be read on; the message names the file and the line. */
public final class RecordingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    RecordingException(Path file, long line, String message) {
        super(file + (line > 0 ? ", line " + line : "") + ": " + message);
        this.line = line;
    }

    /**
     * Returns the line that is to blame.
     *
     * @return the line, from 1; 0 if it is the file as a whole
     */
    public long line() {
        return line;
    }
}
