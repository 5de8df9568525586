package dev.vireo.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A terminal with a shell in it, below a tmux of its own: what it shows is a screen, not a stream. Closing it ends all that runs
 * there.
 */
final class TmuxTerminal implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TemporaryDirectory directory;
    private final long server;

    private TmuxTerminal(TemporaryDirectory directory) {
        this.directory = directory;
        server = Long.parseLong(variable("pid"));
    }

    static TmuxTerminal start(int width, int height) throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create("vireo-it-tmux-");
        tmux(
                directory,
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-x",
                Integer.toString(width),
                "-y",
                Integer.toString(height),
                "env PS1='$ ' sh");
        TmuxTerminal terminal = new TmuxTerminal(directory);
        terminal.awaitScreen("a prompt", screen -> screen.startsWith("$"));
        return terminal;
    }

    /** Returns a file in a directory that lasts as long as the terminal. */
    Path file(String name) {
        return directory.path().resolve(name);
    }

    /** Types a line and the end of it. */
    void line(String text) {
        type(text);
        press("Enter");
    }

    void type(String text) {
        tmux(directory, "send-keys", "-l", text);
    }

    /** Presses keys by tmux' names for them. */
    void press(String... keys) {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(Arrays.asList(keys));
        tmux(directory, command.toArray(String[]::new));
    }

    void resize(int width, int height) {
        tmux(directory, "resize-window", "-x", Integer.toString(width), "-y", Integer.toString(height));
    }

    /** Returns the screen, without what is blank at the ends of lines. */
    String screen() {
        return tmux(directory, "capture-pane", "-p");
    }

    String awaitScreen(String what, Predicate<String> expected) throws IOException {
        Await.until(() -> what + " is on the screen:\n" + screen(), LIMIT, () -> expected.test(screen()));
        return screen();
    }

    /** Keeps all bytes that come to the terminal from now on. */
    void recordTo(Path file) {
        tmux(directory, "pipe-pane", "cat > '" + file + "'");
    }

    /** From now on what is written to the terminal stays where it is, until there is no room for more. */
    void stopReading() throws IOException {
        Signals.stop((int) server);
    }

    void readOn() {
        Signals.resume((int) server);
    }

    /** Returns what tmux knows of the terminal, for instance {@code alternate_on}. */
    String variable(String name) {
        return tmux(directory, "display-message", "-p", "#{" + name + "}").strip();
    }

    private static String tmux(TemporaryDirectory directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Programs.get("tmux"),
                "-u",
                "-S",
                directory.path().resolve("socket").toString()));
        command.addAll(Arrays.asList(arguments));
        Map<String, String> environment =
                Map.of("LC_ALL", "C.UTF-8", "VIREO_DEFAULT_URI", "", "VIREO_DRIVERS", "", "TMUX", "", "NO_COLOR", "");
        return CommandRun.of(LIMIT, environment, command).requireSuccess().out();
    }

    @Override
    public void close() throws IOException {
        ProcessHandle.of(server).ifPresent(tmux -> {
            List<ProcessHandle> all = new ArrayList<>(tmux.descendants().toList());
            all.add(tmux);
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(process -> process.onExit().join());
        });
        directory.close();
    }

    /** Returns the text of a file that a command in the terminal writes, once it is whole. */
    String awaitFile(Path file) throws IOException {
        Await.until(
                "there is a line in " + file,
                LIMIT,
                () -> Files.exists(file) && Files.readString(file).endsWith("\n"));
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
