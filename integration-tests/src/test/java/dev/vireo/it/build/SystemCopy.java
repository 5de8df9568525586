package dev.vireo.it.build;

import dev.vireo.it.CommandRun;
import dev.vireo.it.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A copy of this system in which things are installed and removed; what is changed there is gone when it is closed. */
final class SystemCopy implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final List<String> FILES = List.of("--mount", "--root");
    private static final List<String> ALL =
            List.of("--mount", "--root", "--pid", "--net", "--uts", "--ipc", "--cgroup");

    private final Process process;
    private final String entrance;
    private final List<String> namespaces;
    private final Path changed;

    private SystemCopy(Process process, String entrance, List<String> namespaces, Path changed) {
        this.process = process;
        this.entrance = entrance;
        this.namespaces = namespaces;
        this.changed = changed;
    }

    /** Makes one that sees {@code shared} as {@code /mnt}; {@code empty} is a directory for its use. */
    static SystemCopy make(Path empty, Path shared) throws IOException {
        return start("system_copy.sh", FILES, empty, shared);
    }

    /** Makes one in which systemd is process 1 and has started. */
    static SystemCopy boot(Path empty, Path shared) throws IOException {
        SystemCopy copy = start("booted_copy.sh", ALL, empty, shared);
        try {
            // it cannot be asked before it listens; one of the host's own mounts may have failed
            copy.bash("until [[ \"$(systemctl is-system-running)\" =~ running|degraded ]]; do sleep 0.1; done");
        } catch (AssertionError failed) {
            copy.close();
            throw failed;
        }
        return copy;
    }

    private static SystemCopy start(String name, List<String> namespaces, Path empty, Path shared) throws IOException {
        Path script = Repository.root().resolve("integration-tests/src/test/sh/" + name);
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "bash"));
        command.addAll(List.of(script.toString(), empty.toString(), shared.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String entrance = process.inputReader().readLine();
        if (entrance == null) {
            process.destroyForcibly();
            throw new AssertionError("no copy of this system could be made; see its standard error");
        }
        return new SystemCopy(process, entrance, namespaces, empty.resolve("changed"));
    }

    CommandRun run(String... command) {
        return enter(namespaces, List.of(command));
    }

    private CommandRun enter(List<String> where, List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--target", entrance));
        all.addAll(where);
        all.addAll(List.of("env", "--chdir=/"));
        all.addAll(command);
        Map<String, String> environment = Map.of("DEBIAN_FRONTEND", "noninteractive", "LC_ALL", "C.UTF-8");
        return CommandRun.of(LIMIT, environment, all);
    }

    /** Returns what is in the copy and not in the system. */
    Set<String> added() {
        String line = "cd '" + changed + "'; find . -mindepth 1 -print | while read -r file;"
                + " do [ -e \"/$file\" ] || [ -h \"/$file\" ] || echo \"${file#.}\"; done";
        return new TreeSet<>(enter(List.of("--mount"), List.of("bash", "-c", line))
                .requireSuccess()
                .out()
                .lines()
                .toList());
    }

    /** Runs a line of bash there, which has to succeed, and returns what it printed. */
    String bash(String line) {
        return run("bash", "-euo", "pipefail", "-c", line).requireSuccess().out();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the copy of this system did not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
