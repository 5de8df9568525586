package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The control groups that libvirt made for our guests, {@code machine/qemu-ID-NAME.libvirt-qemu} in each hierarchy. A
 * libvirtd that is killed leaves them behind, so closing removes them, when the guests have ended.
 */
final class LibvirtGroups implements AutoCloseable {
    private static final long REMOVE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Pattern OURS = Pattern.compile("qemu-\\d+-vireo-libvirt-(?<run>\\d+)-\\d+\\.libvirt-qemu");

    /** Removes what a run left behind that was killed. */
    LibvirtGroups() throws IOException {
        removeAll();
    }

    static String nameOfGuest(int number) {
        return "vireo-libvirt-" + ProcessHandle.current().pid() + "-" + number;
    }

    @Override
    public void close() throws IOException {
        removeAll();
    }

    private static void removeAll() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (line.contains(" - cgroup")) {
                removeBelow(Path.of(line.split(" ", -1)[4]).resolve("machine"));
            }
        }
    }

    private static void removeBelow(Path machines) throws IOException {
        if (Files.notExists(machines)) {
            return;
        }
        try (Stream<Path> groups = Files.list(machines)) {
            for (Path group : groups.filter(LibvirtGroups::isNobodysElse).toList()) {
                remove(group);
            }
        }
        try {
            Files.deleteIfExists(machines);
        } catch (FileSystemException busy) {
            // somebody else's guests are there
        }
    }

    /** Ours, or those of a run that has ended. */
    private static boolean isNobodysElse(Path group) {
        Matcher name = OURS.matcher(group.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        long run = Long.parseLong(name.group("run"));
        return run == ProcessHandle.current().pid() || ProcessHandle.of(run).isEmpty();
    }

    /** A group is busy as long as a process that was killed has not ended. */
    private static void remove(Path group) throws IOException {
        long deadline = System.nanoTime() + REMOVE_LIMIT_NANOS;
        while (true) {
            try {
                for (Path child : deepestFirst(group)) {
                    Files.deleteIfExists(child);
                }
                return;
            } catch (NoSuchFileException removedByAnother) {
                return;
            } catch (FileSystemException busy) {
                if (System.nanoTime() > deadline) {
                    throw busy;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            }
        }
    }

    private static List<Path> deepestFirst(Path group) throws IOException {
        try (Stream<Path> all = Files.walk(group)) {
            return all.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
