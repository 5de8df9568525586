package dev.vireo.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param command what was run
 * @param exitCode how it ended
 * @param out its standard output, read as UTF-8
 * @param err its standard error
 */
public record CommandRun(List<String> command, int exitCode, String out, String err) {
    public static CommandRun of(Duration limit, List<String> command) {
        return of(limit, Map.of(), command);
    }

    public static CommandRun of(Duration limit, Map<String, String> environment, List<String> command) {
        try {
            // files, not pipes: a program that writes a lot on both never waits for us
            Path out = Files.createTempFile("vireo-it-", ".out");
            Path err = Files.createTempFile("vireo-it-", ".err");
            try {
                int exitCode = run(limit, environment, command, out, err);
                return new CommandRun(command, exitCode, text(out), text(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException failed) {
            throw new AssertionError("cannot run " + command, failed);
        }
    }

    public CommandRun requireSuccess() {
        if (exitCode != 0) {
            throw new AssertionError("failed: " + this);
        }
        return this;
    }

    private static int run(Duration limit, Map<String, String> environment, List<String> command, Path out, Path err)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        command + " did not end in " + limit.toSeconds() + " s; it printed " + text(out) + text(err));
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + command + " ran", interrupted);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return String.join(" ", command) + "\nexit code " + exitCode + "\n--- out\n" + out + "--- err\n" + err;
    }
}
