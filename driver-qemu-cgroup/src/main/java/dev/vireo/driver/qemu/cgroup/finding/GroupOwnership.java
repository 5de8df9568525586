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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a control group is a guest's own: whether its QEMU process and descendants are all that is in it, with all
 * their threads. What it has looked at it remembers until the next pass, since many guests may share a group. Not
 * thread-safe.
 */
final class GroupOwnership {
    private static final int UNKNOWN = -1;
    /** A guest's group has a handful below it; a user may make any number. */
    private static final int MOST_GROUPS = 256;

    private final Path procfs;
    private final Map<Path, List<Integer>> members = new HashMap<>();
    private final Map<Integer, Integer> parents = new HashMap<>();
    private Set<Integer> guests = Set.of();

    GroupOwnership(Path procfs) {
        this.procfs = procfs;
    }

    /**
     * Forgets what it has seen.
     *
     * @param guestPids the QEMU processes: a guest that another one has started is not part of it
     */
    void startPass(Set<Integer> guestPids) {
        guests = guestPids;
        members.clear();
        parents.clear();
    }

    /** Returns why a group is not the guest's own, null if it is. */
    @Nullable String whyShared(Path group, int qemu) {
        Deque<Path> groups = new ArrayDeque<>(List.of(group));
        Set<String> threads = new HashSet<>();
        try {
            for (int looked = 0; !groups.isEmpty(); looked++) {
                Path next = groups.remove();
                Integer other = looked < MOST_GROUPS ? otherIn(next, qemu) : null;
                if (looked == MOST_GROUPS || other != null) {
                    return other == null ? "has more groups below it than a guest's" : "also holds " + describe(other);
                }
                threads.addAll(threads(next));
                try (DirectoryStream<Path> children = Files.newDirectoryStream(next, Files::isDirectory)) {
                    children.forEach(groups::add);
                }
            }
            return holdsAll(threads, qemu) ? null : "does not hold all threads of the guest";
        } catch (IOException | DirectoryIteratorException unreadable) {
            return "cannot be looked into"; // and may hold others
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

    /** Tells whether processes stand in a group's ancestor, the group dividing up their threads alone (cgroup v2). */
    static boolean isThreaded(Path group) {
        try {
            return Files.readString(group.resolve("cgroup.type")).strip().equals("threaded");
        } catch (IOException withoutType) {
            return false; // cgroup v1, or the root
        }
    }

    private String describe(int pid) {
        if (guests.contains(pid)) {
            return "another guest";
        }
        String command = commandOf(pid);
        return command.isEmpty() ? "others' processes" : "others' processes (" + command + ")";
    }

    private String commandOf(int pid) {
        try {
            return ProcessStat.read(directory(pid)).command();
        } catch (IOException ended) {
            return "";
        }
    }

    private @Nullable Integer otherIn(Path group, int qemu) throws IOException {
        for (int pid : members(group)) {
            if (!belongsTo(pid, qemu) && isStillIn(group, pid)) {
                return pid;
            }
        }
        return null;
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

    /** On cgroup v1 each thread has a group of its own choice; on v2 it stays below its process's. */
    private static List<String> threads(Path group) throws IOException {
        Path tasks = group.resolve("tasks");
        return Files.exists(tasks) ? Files.readAllLines(tasks) : List.of();
    }

    private boolean holdsAll(Set<String> threads, int qemu) throws IOException {
        if (threads.isEmpty()) {
            return true; // cgroup v2
        }
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(directory(qemu).resolve("task"))) {
            for (Path task : tasks) {
                if (!threads.contains(String.valueOf(task.getFileName())) && Files.exists(task)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean belongsTo(int pid, int qemu) {
        int current = pid;
        // a chain longer than this is a loop of pids that changed while we read
        for (int depth = 0; depth < 100 && current > 0; depth++) {
            if (current == qemu) {
                return true;
            }
            if (guests.contains(current)) {
                return false;
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
