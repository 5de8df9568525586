package dev.vireo.examples.uml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real guest, alone in a control group or in ours. Closing it kills it, and leaves nothing running. */
final class UmlGuest implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    private final BlockingQueue<String> console = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();
    private final @Nullable ControlGroup group;

    private UmlGuest(Process process, @Nullable ControlGroup group) {
        this.process = process;
        this.group = group;
        Thread reader = new Thread(this::readConsole, "console of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a guest and waits until it takes commands. */
    static UmlGuest start(GuestPrograms programs, String umlDir, String name, boolean withGroup)
            throws IOException, InterruptedException {
        ControlGroup group = withGroup ? ControlGroup.create() : null;
        String enter = group == null ? "" : "echo $$ > " + group.directory() + "/cgroup.procs && ";
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        enter + "exec \"$@\"",
                        "sh",
                        GuestPrograms.SCRIPT,
                        "run",
                        programs.directory().toString(),
                        umlDir,
                        name)
                .redirectErrorStream(true)
                .start();
        UmlGuest guest = new UmlGuest(process, group);
        try {
            guest.await("ready");
        } catch (AssertionError | InterruptedException failed) {
            guest.close();
            throw failed;
        }
        return guest;
    }

    int pid() {
        return Math.toIntExact(process.pid());
    }

    ControlGroup group() {
        if (group == null) {
            throw new IllegalStateException("the guest was started without a group of its own");
        }
        return group;
    }

    /** Gives the guest something to do. */
    void begin(String command) throws IOException {
        process.outputWriter().write(command + "\n");
        process.outputWriter().flush();
    }

    /** Gives the guest something to do, and waits until it has done it. */
    void run(String command) throws IOException, InterruptedException {
        begin(command);
        await("done");
    }

    /** Tells whether the guest has said something that nobody has waited for yet. */
    boolean hasAnswered() {
        return !console.isEmpty();
    }

    void await(String answer) throws InterruptedException {
        String line;
        do {
            line = console.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("the guest did not say '" + answer + "', but: " + seen);
            }
            seen.add(line);
        } while (!line.strip().equals(answer));
    }

    private void readConsole() {
        process.inputReader().lines().forEach(console::add);
        console.add("(the guest has ended)");
    }

    /** Kills the guest, which leaves its directory behind. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        if (group != null) {
            group.close();
        }
    }
}
