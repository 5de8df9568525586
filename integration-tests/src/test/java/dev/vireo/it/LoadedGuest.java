package dev.vireo.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process that looks like QEMU and is busy in the way that it is told to, so that the kernel's own numbers can be compared
 * when it has stopped. Closing it ends it.
 */
final class LoadedGuest implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private LoadedGuest(String name, Process process) {
        this.name = name;
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a guest that is idle. */
    static LoadedGuest start(CProgram program) throws IOException {
        Path copy = program.path().resolveSibling("qemu-system-x86_64");
        if (!Files.exists(copy)) {
            Files.copy(program.path(), copy);
        }
        String name = UniqueNames.next();
        return started(name, List.of(copy.toString(), "-name", name), "ready");
    }

    /** Starts a process that sleeps on CPU 0 and is woken 1,000 times a second from CPU 1, and is no guest. */
    static LoadedGuest startSleeper(CProgram program) throws IOException {
        return started("sleeper", List.of(program.path().toString(), "--sleeper"), "sleeping");
    }

    private static LoadedGuest started(String name, List<String> command, String greeting) throws IOException {
        LoadedGuest guest = new LoadedGuest(
                name,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
        guest.requireSaid(greeting);
        return guest;
    }

    String name() {
        return name;
    }

    int pid() {
        return Math.toIntExact(process.pid());
    }

    /** Returns the sleeper of {@link #startSleeper}. */
    int sleeper() {
        return child(0);
    }

    private int child(int index) {
        return (int) process.children().mapToLong(ProcessHandle::pid).sorted().toArray()[index];
    }

    /** Runs a load and returns when it has stopped. */
    void run(String load, Duration time) throws IOException {
        begin(load, time);
        requireSaid(load);
    }

    /** Runs a load, and returns at once. */
    void begin(String load, Duration time) throws IOException {
        orders.write(load + " " + time.toMillis() + "\n");
        orders.flush();
    }

    private void requireSaid(String word) throws IOException {
        String said = answers.readLine();
        if (!word.equals(said)) {
            throw new AssertionError("the load said '" + said + "' instead of '" + word + "'");
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Await.until("the load has ended", LIMIT, () -> !process.isAlive());
        orders.close();
        answers.close();
    }
}
