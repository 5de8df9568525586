package dev.vireo.it.build;

import dev.vireo.it.CommandRun;
import dev.vireo.it.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A copy of this system in which things are installed and removed; what is changed there is gone when it is closed. */
final class SystemCopy implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final Path changed;

    private SystemCopy(Process process, Path changed) {
        this.process = process;
        this.changed = changed;
    }

    /** Makes one that sees {@code shared} as {@code /mnt}; {@code empty} is a directory for its use. */
    static SystemCopy make(Path empty, Path shared) throws IOException {
        Path script = Repository.root().resolve("integration-tests/src/test/sh/system_copy.sh");
        Process process = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "bash",
                        script.toString(),
                        empty.toString(),
                        shared.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader();
        if (!"ready".equals(said.readLine())) {
            process.destroyForcibly();
            throw new AssertionError("no copy of this system could be made; see its standard error");
        }
        return new SystemCopy(process, empty.resolve("changed"));
    }

    CommandRun run(String... command) {
        return enter(List.of("--mount", "--root"), List.of(command));
    }

    private CommandRun enter(List<String> where, List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--target", Long.toString(process.pid())));
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
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
