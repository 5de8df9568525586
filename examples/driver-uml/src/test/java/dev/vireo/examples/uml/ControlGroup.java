package dev.vireo.examples.uml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A control group of a test's own: what the kernel has counted for all that ran in it is what a driver's numbers are
 * compared with.
 *
 * @param directory where it lies
 */
record ControlGroup(Path directory) implements AutoCloseable {
    private static final Path V1 = Path.of("/sys/fs/cgroup/cpuacct");
    private static final Path V2 = Path.of("/sys/fs/cgroup");
    private static final Path V2_BESIDE_V1 = Path.of("/sys/fs/cgroup/unified");
    private static final long LIMIT_SECONDS = 30;

    /** Makes one, of cgroup v1 where there is that. */
    static ControlGroup create() throws IOException {
        Path parent = canKeepTimesPerCpu() ? V1 : Files.exists(V2.resolve("cgroup.procs")) ? V2 : V2_BESIDE_V1;
        if (!Files.isWritable(parent)) {
            throw new AssertionError("these tests put guests into control groups of their own, and " + parent
                    + " cannot be written; run them as root");
        }
        return new ControlGroup(Files.createDirectory(parent.resolve("vireo-uml-" + System.nanoTime())));
    }

    /** Tells whether groups have times per CPU, as those of cgroup v1 do. */
    static boolean canKeepTimesPerCpu() {
        return Files.exists(V1.resolve("cpuacct.usage_percpu"));
    }

    void enter(long pid) throws IOException {
        Files.writeString(directory.resolve("cgroup.procs"), Long.toString(pid));
    }

    /** Returns the CPU time of all that ever ran in it. */
    long usageNanos() throws IOException {
        if (canKeepTimesPerCpu()) {
            return Long.parseLong(
                    Files.readString(directory.resolve("cpuacct.usage")).strip());
        }
        String micros = Files.readAllLines(directory.resolve("cpu.stat")).get(0);
        return TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros.substring("usage_usec ".length())));
    }

    /** Removes it, when the last process in it is gone: that takes a moment. */
    @Override
    public void close() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!Files.readString(directory.resolve("cgroup.procs")).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("processes are left in " + directory);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        Files.delete(directory);
    }
}
