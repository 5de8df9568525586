package dev.vireo.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output, in UTF-8. */
final class StandardOutput {
    private final OutputStream out;

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    /**
     * Prints all at once. Nobody reading any more is no news to anybody, so that it is said by the exit code alone.
     *
     * @return whether somebody reads
     */
    boolean print(CharSequence text) {
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            return true;
        } catch (IOException nobodyReads) {
            return false;
        }
    }
}
