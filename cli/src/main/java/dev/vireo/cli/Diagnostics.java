package dev.vireo.cli;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes to standard error, where remarks and errors go, each on a line of its own. */
final class Diagnostics {
    private final OutputStream err;

    Diagnostics(OutputStream err) {
        this.err = err;
    }

    /** Writes what the reader of the numbers ought to know. */
    void remark(String text) {
        line("vireo: " + SafeText.of(text));
    }

    void debug(String text) {
        line("debug: " + SafeText.of(text));
    }

    void usage(String message, String hint) {
        line(SafeText.of(message));
        line(SafeText.of(hint));
    }

    void error(Throwable failure) {
        if (failure instanceof HypervisorException error) {
            line("error: " + codeOf(error) + ": " + messageOf(error));
        } else if (failure instanceof CommandFailure) {
            line("error: " + SafeText.of(String.valueOf(failure.getMessage())));
        } else {
            line("error: internal error: " + SafeText.of(failure.toString()));
        }
    }

    void stackTrace(Throwable failure) {
        StringBuilder trace = new StringBuilder();
        // a cause may lead back to itself
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 16; cause = cause.getCause(), depth++) {
            trace.append(depth == 0 ? "" : "Caused by: ");
            SafeText.append(trace, cause.toString());
            for (StackTraceElement element : cause.getStackTrace()) {
                trace.append("\n\tat ");
                SafeText.append(trace, element.toString());
            }
            trace.append('\n');
        }
        write(trace.toString());
    }

    private static String codeOf(HypervisorException error) {
        String name = error.code().libvirtName();
        return error.code() == ErrorCode.UNKNOWN ? name + " (" + error.number() + ")" : name;
    }

    /**
     * Keeps the lines of the one message that is a list, the drivers and why each did not open. Anywhere else a line feed
     * is part of some name.
     */
    private static String messageOf(HypervisorException error) {
        String message = String.valueOf(error.getMessage());
        if (error.code() != ErrorCode.NO_CONNECT) {
            return SafeText.of(message);
        }
        StringBuilder lines = new StringBuilder();
        int start = 0;
        for (int end = message.indexOf("\n  "); end >= 0; end = message.indexOf("\n  ", start)) {
            SafeText.append(lines, message.substring(start, end));
            lines.append("\n  ");
            start = end + 3;
        }
        SafeText.append(lines, message.substring(start));
        return lines.toString();
    }

    private void line(String text) {
        write(text + "\n");
    }

    private void write(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException nobodyReads) {
            // there is no other place to say it
        }
    }
}
