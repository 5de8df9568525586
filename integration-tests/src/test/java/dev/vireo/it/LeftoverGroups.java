package dev.vireo.it;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes the control groups of guests whose libvirtd ended before it could. */
final class LeftoverGroups {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private LeftoverGroups() {}

    /** Removes, in all hierarchies, the groups of libvirt's whose names contain one of these. */
    static void remove(List<String> names) throws IOException {
        for (Path mountPoint : mountPoints()) {
            removeBelow(mountPoint.resolve("machine"), names);
        }
    }

    private static List<Path> mountPoints() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(" - cgroup"))
                .map(line -> Path.of(line.split(" ", -1)[4]))
                .toList();
    }

    private static void removeBelow(Path parent, List<String> names) throws IOException {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (Stream<Path> groups = Files.list(parent)) {
            for (Path group : groups.filter(group -> isOneOf(group, names)).toList()) {
                Await.until("the group " + group + " is gone", LIMIT, () -> isRemoved(group));
            }
        }
        removeIfNobodysGuestsAreThere(parent);
    }

    private static void removeIfNobodysGuestsAreThere(Path parent) throws IOException {
        try {
            Files.deleteIfExists(parent);
        } catch (FileSystemException busy) {
            // another's guests, or those of another run
        }
    }

    private static boolean isOneOf(Path group, List<String> names) {
        String file = group.getFileName().toString();
        return names.stream().anyMatch(file::contains);
    }

    /** A group is busy as long as a process that was killed has not ended. */
    private static boolean isRemoved(Path group) throws IOException {
        try {
            for (Path child : deepestFirst(group)) {
                Files.deleteIfExists(child);
            }
            return true;
        } catch (NoSuchFileException removedByAnother) {
            return true;
        } catch (FileSystemException busy) {
            return false;
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
