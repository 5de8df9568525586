package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.ProcessStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Tells whether a control group is a guest's own: whether its QEMU process and descendants are all that is in it. */
final class GroupOwnership {
    private final Path procfs;

    GroupOwnership(Path procfs) {
        this.procfs = procfs;
    }

    boolean isOwn(Path group, int qemu) {
        Deque<Path> groups = new ArrayDeque<>();
        groups.add(group);
        try {
            while (!groups.isEmpty()) {
                Path next = groups.remove();
                if (!holdsOnly(next, qemu)) {
                    return false;
                }
                try (Stream<Path> children = Files.list(next)) {
                    children.filter(Files::isDirectory).forEach(groups::add);
                }
            }
            return true;
        } catch (IOException unreadable) {
            return false; // what cannot be looked into may hold others
        }
    }

    private boolean holdsOnly(Path group, int qemu) throws IOException {
        for (String line : processes(group)) {
            if (!descendsFrom(Integer.parseInt(line.strip()), qemu)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> processes(Path group) throws IOException {
        try {
            return Files.readAllLines(group.resolve("cgroup.procs"));
        } catch (IOException unsupported) {
            if (isThreaded(group)) {
                return List.of(); // EOPNOTSUPP: its processes stand in the threaded domain above
            }
            throw unsupported;
        }
    }

    private static boolean isThreaded(Path group) throws IOException {
        Path type = group.resolve("cgroup.type");
        return Files.exists(type) && Files.readString(type).strip().equals("threaded");
    }

    private boolean descendsFrom(int pid, int ancestor) {
        int current = pid;
        // a chain longer than this is a loop of pids that changed while we read
        for (int depth = 0; depth < 100 && current > 0; depth++) {
            if (current == ancestor) {
                return true;
            }
            try {
                current = ProcessStat.read(procfs.resolve(Integer.toString(current)))
                        .parent();
            } catch (IOException ended) {
                // a process that has just ended is no other's time; one that we may not see may be
                return current == pid && Files.notExists(procfs.resolve(Integer.toString(pid)));
            }
        }
        return false;
    }
}
