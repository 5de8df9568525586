package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.ProcessStat;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells whether a control group is a guest's own: whether its QEMU process and descendants are all that is in it. What it
 * has looked at it remembers until the next pass, since many guests may share a group. Not thread-safe.
 */
final class GroupOwnership {
    private static final int UNKNOWN = -1;

    private final Path procfs;
    private final Map<Path, List<Integer>> members = new HashMap<>();
    private final Map<Integer, Integer> parents = new HashMap<>();

    GroupOwnership(Path procfs) {
        this.procfs = procfs;
    }

    /** Forgets what it has seen. */
    void startPass() {
        members.clear();
        parents.clear();
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
                try (DirectoryStream<Path> children = Files.newDirectoryStream(next, Files::isDirectory)) {
                    children.forEach(groups::add);
                }
            }
            return true;
        } catch (IOException | DirectoryIteratorException unreadable) {
            return false; // what cannot be looked into may hold others
        }
    }

    /** Tells whether a process whose name begins like this is in a group. */
    boolean hasMember(Path group, String name) {
        try {
            for (int pid : members(group)) {
                if (commandOf(pid).startsWith(name)) {
                    return true;
                }
            }
        } catch (IOException unreadable) {
            // then nobody can tell
        }
        return false;
    }

    private String commandOf(int pid) {
        try {
            return ProcessStat.read(directory(pid)).command();
        } catch (IOException ended) {
            return "";
        }
    }

    private boolean holdsOnly(Path group, int qemu) throws IOException {
        for (int pid : members(group)) {
            if (!descendsFrom(pid, qemu) && isStillIn(group, pid)) {
                return false;
            }
        }
        return true;
    }

    /** A process that has just ended is no other's time; one that is hidden from us (hidepid) is. */
    private boolean isStillIn(Path group, int pid) throws IOException {
        return Files.exists(directory(pid)) || read(group).contains(pid);
    }

    private List<Integer> members(Path group) throws IOException {
        List<Integer> known = members.get(group);
        if (known == null) {
            known = read(group);
            members.put(group, known);
        }
        return known;
    }

    private static List<Integer> read(Path group) throws IOException {
        try {
            return Files.readAllLines(group.resolve("cgroup.procs")).stream()
                    .map(line -> Integer.valueOf(line.strip()))
                    .toList();
        } catch (NumberFormatException malformed) {
            throw new IOException(group + "/cgroup.procs: " + malformed.getMessage(), malformed);
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
            current = parents.computeIfAbsent(current, this::parentOf);
        }
        return false;
    }

    private int parentOf(int pid) {
        try {
            return ProcessStat.read(directory(pid)).parent();
        } catch (IOException endedOrHidden) {
            return UNKNOWN;
        }
    }

    private Path directory(int pid) {
        return procfs.resolve(Integer.toString(pid));
    }
}
