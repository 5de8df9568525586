package dev.vireo.it.kernel;

import static dev.vireo.it.kernel.InsideKernel.require;
import static dev.vireo.it.kernel.LoadedGuest.MILLIS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** The control groups of the booted kernel, in libvirt's layout, and what the kernel says of them. */
final class KernelGroups {
    static final Path ROOT = Path.of("/sys/fs/cgroup");
    static final Path SLICE = ROOT.resolve("machine.slice");

    private KernelGroups() {}

    static void switchController(boolean on) throws IOException {
        Files.writeString(SLICE.resolve("cgroup.subtree_control"), on ? "" : "-cpu");
        Files.writeString(ROOT.resolve("cgroup.subtree_control"), on ? "+cpu" : "");
        Files.writeString(SLICE.resolve("cgroup.subtree_control"), on ? "+cpu" : "");
    }

    /** Returns for how much CPU time a group was charged, in nanoseconds. */
    static long total(Path group) throws IOException {
        return number(group.resolve("cpu.stat"), "usage_usec ") * 1_000;
    }

    /** Returns how many groups were removed and are still held on to. */
    static long dying() throws IOException {
        return number(ROOT.resolve("cgroup.stat"), "nr_dying_descendants ");
    }

    static void awaitDying(long most) throws IOException {
        long deadline = System.nanoTime() + 60_000 * MILLIS;
        while (dying() > most) {
            require(System.nanoTime() < deadline, "groups that were removed are still there");
            LockSupport.parkNanos(50 * MILLIS);
        }
    }

    private static long number(Path file, String key) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.substring(key.length())))
                .findFirst()
                .orElseThrow();
    }
}
