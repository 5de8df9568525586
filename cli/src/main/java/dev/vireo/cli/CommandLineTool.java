package dev.vireo.cli;

import dev.vireo.Drivers;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The tool without its process: arguments in, bytes and an exit code out. It names no class of picocli, so that a plain
 * line runs without any of them being loaded.
 */
final class CommandLineTool {
    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;

    private final @Nullable Drivers drivers;
    private final StandardOutput out;
    private final Diagnostics diagnostics;

    /**
     * Makes a tool.
     *
     * @param drivers the drivers to use, null for the installed ones, looked for only when a command needs them
     * @param out takes standard output, UTF-8
     * @param err takes standard error, UTF-8
     */
    CommandLineTool(@Nullable Drivers drivers, OutputStream out, OutputStream err) {
        this.drivers = drivers;
        this.out = new StandardOutput(out);
        this.diagnostics = new Diagnostics(err);
    }

    int run(String... args) {
        try {
            PlainLine plain = PlainLine.of(args);
            return plain == null ? runThorough(args) : run(plain.command(), plain, plain.uri(), plain.isDebug());
        } catch (RuntimeException | LinkageError failure) {
            if (failure instanceof RuntimeException exception && ThoroughLine.isMisuse(exception)) {
                ThoroughLine.tell(exception, diagnostics);
                return USAGE;
            }
            diagnostics.error(failure);
            return FAILURE;
        }
    }

    private int runThorough(String[] args) {
        ThoroughLine line = ThoroughLine.of(args);
        String answer = line.answer();
        return answer == null ? run(line.command(), line.options(), line.uri(), line.isDebug()) : print(answer);
    }

    private int run(Command command, Options options, @Nullable String uri, boolean debug) {
        try (Invocation invocation = new Invocation(options, uri, debug, drivers, out, diagnostics)) {
            int exitCode = command.run(invocation);
            return invocation.flush() ? exitCode : FAILURE;
        } catch (RuntimeException | LinkageError failure) {
            if (failure instanceof RuntimeException exception && ThoroughLine.isMisuse(exception)) {
                throw exception;
            }
            diagnostics.error(failure);
            if (debug) {
                diagnostics.stackTrace(failure);
            }
            return FAILURE;
        }
    }

    private int print(String text) {
        return out.print(text) ? SUCCESS : FAILURE;
    }
}
