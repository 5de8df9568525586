package dev.vireo.it.kernel;

import dev.vireo.Domain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The guest {@code web}: {@code load.c} in a group of libvirt's layout, which uses CPU time when it is told to. */
final class LoadedGuest implements AutoCloseable {
    static final Path GROUP = KernelGroups.SLICE.resolve("qemu-1-web.libvirt-qemu");
    static final long MILLIS = 1_000_000;
    static final int LOAD_MILLIS = 300;
    /** One tick of a kernel with HZ=100, on each of two CPUs. */
    static final long TICKS = 20 * MILLIS;

    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    /** Starts it, with the cpu controller on. */
    LoadedGuest() throws IOException {
        Files.createDirectories(GROUP);
        KernelGroups.switchController(true);
        process = new ProcessBuilder(List.of("/qemu-system-x86_64", "-name", "web"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        answers.readLine();
        Files.writeString(GROUP.resolve("cgroup.procs"), Long.toString(process.pid()));
    }

    long pid() {
        return process.pid();
    }

    /** Returns for how much CPU time its group was charged, in nanoseconds. */
    static long total() throws IOException {
        return KernelGroups.total(GROUP);
    }

    /** Has it use CPU time in one way, until it is idle again. */
    void load(String word) throws IOException {
        orders.write(word + " " + LOAD_MILLIS + "\n");
        orders.flush();
        answers.readLine();
        awaitIdle();
    }

    /** The guest goes on for a moment after its answer. */
    private static void awaitIdle() throws IOException {
        long before = -1;
        for (long now = total(); now != before; now = total()) {
            before = now;
            LockSupport.parkNanos(10 * MILLIS);
        }
    }

    /** How much more on each CPU after a load. */
    Map<Integer, Long> growth(Domain domain, String word) throws IOException {
        Map<Integer, Long> before = TimesTold.times(domain);
        load(word);
        Map<Integer, Long> after = TimesTold.times(domain);
        before.forEach((cpu, nanos) -> after.merge(cpu, -nanos, Long::sum));
        return after;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
