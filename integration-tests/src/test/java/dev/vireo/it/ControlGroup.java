package dev.vireo.it;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A control group that a test makes by hand, and what it makes below. Closing it moves out whoever is left and removes all
 * of it, and the groups above it that nobody uses.
 */
final class ControlGroup implements AutoCloseable {
    private static final Duration REMOVE_LIMIT = Duration.ofSeconds(20);

    private final CgroupVersion version;
    private final Path mountPoint;
    private final Path directory;

    private ControlGroup(CgroupVersion version, Path mountPoint, Path directory) {
        this.version = version;
        this.mountPoint = mountPoint;
        this.directory = directory;
    }

    /** Makes a group, and those above it. */
    static ControlGroup make(CgroupVersion version, String path) throws IOException {
        Path mountPoint = version.mountPoint().orElseThrow();
        ControlGroup group = new ControlGroup(version, mountPoint, mountPoint.resolve(path));
        // another run of the tests may remove a parent that it shares with us, just when it was the last user
        Await.until("the group " + group.directory + " can be made", REMOVE_LIMIT, () -> {
            try {
                Files.createDirectories(group.directory);
                return true;
            } catch (NoSuchFileException parentGone) {
                return false;
            }
        });
        return group;
    }

    Path directory() {
        return directory;
    }

    /** Returns the file that has the whole group's CPU time. */
    Path totalFile() {
        return directory.resolve(version == CgroupVersion.V1 ? "cpuacct.usage" : "cpu.stat");
    }

    List<Path> vcpuDirectories() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child -> child.getFileName().toString().matches("vcpu\\d+"))
                    .sorted()
                    .toList();
        }
    }

    /** Moves the whole process here. */
    void move(int pid) throws IOException {
        write(directory.resolve("cgroup.procs"), pid);
    }

    /** Moves the process as libvirt does: each vCPU's thread to its own group, all others to the emulator's. */
    void moveAsLibvirt(Guest guest) throws IOException {
        write(child("emulator").resolve("cgroup.procs"), guest.pid());
        for (Map.Entry<Integer, Integer> vcpu : guest.vcpuThreads().entrySet()) {
            Path group = child("vcpu" + vcpu.getKey());
            write(group.resolve(version == CgroupVersion.V1 ? "tasks" : "cgroup.threads"), vcpu.getValue());
        }
    }

    /** On v2 the threads of a process may be in different groups only if these are threaded. */
    private Path child(String name) throws IOException {
        Path child = Files.createDirectory(directory.resolve(name));
        if (version == CgroupVersion.V2) {
            Files.writeString(child.resolve("cgroup.type"), "threaded");
        }
        return child;
    }

    /** Removes the groups as soon as they are empty: a process that was killed leaves them when it has ended. */
    @Override
    public void close() throws IOException {
        Await.until("the group " + directory + " is gone", REMOVE_LIMIT, () -> {
            moveOutWhoIsLeft();
            return removed(directory);
        });
        for (Path parent = directory.getParent(); !parent.equals(mountPoint); parent = parent.getParent()) {
            if (!removed(parent)) {
                return; // somebody else's guests are there
            }
        }
    }

    private void moveOutWhoIsLeft() throws IOException {
        for (Path group : subtree()) {
            for (String pid : processes(group)) {
                try {
                    write(mountPoint.resolve("cgroup.procs"), Integer.parseInt(pid));
                } catch (IOException ended) {
                    // then it is not in the way
                }
            }
        }
    }

    private static List<String> processes(Path group) {
        try {
            return Files.readAllLines(group.resolve("cgroup.procs"));
        } catch (IOException threaded) {
            return List.of(); // a threaded group's processes are listed above it
        }
    }

    private boolean removed(Path top) throws IOException {
        try {
            if (top.equals(directory)) {
                for (Path group : subtree()) {
                    Files.deleteIfExists(group);
                }
            } else {
                Files.deleteIfExists(top);
            }
            return true;
        } catch (FileSystemException busy) {
            return false;
        }
    }

    /** Returns the groups from the deepest to this one. */
    private List<Path> subtree() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private static void write(Path file, int number) throws IOException {
        Files.writeString(file, Integer.toString(number));
    }
}
