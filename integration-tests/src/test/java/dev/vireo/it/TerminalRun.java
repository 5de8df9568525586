package dev.vireo.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A program at a terminal: what it shows is awaited, and answered by typing. Closing it ends it. */
final class TerminalRun implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Path screen;

    private TerminalRun(Process process, Path screen) {
        this.process = process;
        this.screen = screen;
    }

    /** Starts it below util-linux' {@code script}, which makes the terminal. */
    static TerminalRun start(List<String> command) throws IOException {
        Path screen = Files.createTempFile("vireo-it-", ".screen");
        String line = command.stream().map(TerminalRun::quoted).collect(Collectors.joining(" "));
        List<String> script = new ArrayList<>(List.of(Programs.get("script"), "--quiet", "--return", "--command"));
        script.addAll(List.of(line, "/dev/null"));
        Process process = new ProcessBuilder(script)
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile())
                .start();
        return new TerminalRun(process, screen);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    void awaitShown(String text) throws IOException {
        Await.until(() -> "'" + text + "' is shown in: " + shown(), LIMIT, () -> shown().contains(text));
    }

    void type(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits for the end and returns the exit code. */
    int awaitEnd() throws IOException {
        Await.until(() -> "it ends; it shows: " + shown(), LIMIT, () -> !process.isAlive());
        return process.exitValue();
    }

    /** Returns all that was ever on the screen. */
    String shown() {
        try {
            return Files.readString(screen);
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Files.delete(screen);
    }
}
