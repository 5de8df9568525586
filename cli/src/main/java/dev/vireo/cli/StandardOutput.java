package dev.vireo.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
     * @throws CommandFailure if it cannot be written for any other reason: a disk that is full
     */
    boolean print(CharSequence text) {
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            return true;
        } catch (IOException failed) {
            if (isNobodyReading(failed)) {
                return false;
            }
            throw new CommandFailure("cannot write to standard output: " + failed.getMessage());
        }
    }

    /** The system tells the reason as a text, in the language of the user; a pipe fails for one reason alone. */
    private boolean isNobodyReading(IOException failed) {
        return "Broken pipe".equals(failed.getMessage()) || isPipe();
    }

    private boolean isPipe() {
        try {
            if (!(out instanceof FileOutputStream file) || file.getFD() != FileDescriptor.out) {
                return false;
            }
            String what = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return what.startsWith("pipe:") || what.startsWith("socket:");
        } catch (IOException unknown) {
            return false;
        }
    }
}
