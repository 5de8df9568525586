package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A terminal with one program in it, below a tmux of its own. Closing ends both. */
final class Terminal implements AutoCloseable {
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path socket;
    private final long server;
    private final long program;

    /**
     * Starts a program.
     *
     * @param socket where tmux is to listen; no such file yet
     * @param command what the shell is to become
     * @param environment what is set for the program
     */
    Terminal(Path socket, int width, int height, String command, Map<String, String> environment) throws IOException {
        this.socket = socket;
        String columns = Integer.toString(width);
        String lines = Integer.toString(height);
        tmux(environment, "-f", "/dev/null", "new-session", "-d", "-x", columns, "-y", lines, "exec " + command);
        server = Long.parseLong(variable("pid"));
        program = Long.parseLong(variable("pane_pid"));
    }

    /** Returns why there can be none, empty if there can. */
    static String lacking() {
        try {
            new ProcessBuilder("tmux", "-V")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return "";
        } catch (IOException absent) {
            return "there is no tmux, which is the terminal";
        }
    }

    RunningProcess program() {
        return new RunningProcess(program);
    }

    /** Returns what is to be seen, without what is blank at the ends of lines. */
    String screen() throws IOException {
        return tmux(Map.of(), "capture-pane", "-p");
    }

    /** Waits until there is to be seen what is expected, and returns it. */
    String awaitScreen(Predicate<String> expected) throws IOException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        String screen = screen();
        while (!expected.test(screen)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the terminal does not show what was expected:\n" + screen);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            screen = screen();
        }
        return screen;
    }

    private String variable(String name) throws IOException {
        return tmux(Map.of(), "display-message", "-p", "#{" + name + "}").strip();
    }

    private String tmux(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("TMUX");
        builder.environment().putAll(environment);
        Process tmux = builder.start();
        String output = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (CPrograms.exitCode(tmux) != 0) {
            throw new IOException("tmux " + String.join(" ", arguments) + ": " + output);
        }
        return output;
    }

    @Override
    public void close() {
        for (long pid : new long[] {program, server}) {
            ProcessHandle.of(pid).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
        }
    }
}
