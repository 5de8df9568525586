package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.GuestProcess;
import dev.vireo.driver.qemu.cgroup.reading.LibvirtStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * libvirt's status files: the system's in {@code /run/libvirt/qemu}, and a user's below {@code /run/user/UID}, which hold
 * for processes of that user alone, since he can write anything into them. Not thread-safe.
 */
final class LibvirtStatusFiles implements AutoCloseable {
    /** The pid stands in the first element; the whole file has some 20 kB, with all devices one can plug some 200. */
    private static final int HEAD = 4096;

    private static final long LARGEST = 2 << 20;
    private static final Pattern PID = Pattern.compile("<domstatus\\s[^>]*?\\bpid=['\"](\\d{1,9})['\"]");

    /**
     * A status file and what it says.
     *
     * @param path where it is
     * @param status what it says
     * @param isSystems whether it is the system's, and not a user's
     */
    record Found(Path path, LibvirtStatus status, boolean isSystems) {}

    private record Seen(Path path, FileTime modified, int pid) {}

    private final Path run;
    private final StartTimes startTimes;
    private final PatientReader<Path> files = new PatientReader<>();
    private final Map<Path, Map<Path, Seen>> directories = new HashMap<>();
    private final Map<Path, Map<Path, Seen>> looked = new HashMap<>();

    /**
     * Knows no file yet.
     *
     * @param run the directory that stands for {@code /run}
     * @param startTimes tells when processes started
     */
    LibvirtStatusFiles(Path run, StartTimes startTimes) {
        this.run = run;
        this.startTimes = startTimes;
    }

    /** Forgets when it last looked: files may have come since. */
    void startPass() {
        looked.clear();
        files.startPass();
    }

    /** Returns the file of a process, empty if libvirt does not run it, or its file is being written. */
    Optional<Found> find(GuestProcess process, int uid) {
        Optional<Found> system = find(run.resolve("libvirt/qemu"), process, true);
        return system.isPresent() ? system : find(run.resolve("user/" + uid + "/libvirt/qemu/run"), process, false);
    }

    /** libvirt writes the file after it has started the process: an older one is that of another with the same pid. */
    private Optional<Found> find(Path directory, GuestProcess process, boolean isSystems) {
        return look(directory).values().stream()
                .filter(file -> file.pid() == process.pid())
                .filter(file -> !startTimes.isBefore(file.modified(), process))
                .max(Comparator.comparing(Seen::modified))
                .flatMap(file -> read(file.path())
                        .flatMap(LibvirtStatus::parse)
                        .filter(status -> status.pid() == process.pid())
                        .map(status -> new Found(file.path(), status, isSystems)));
    }

    private Map<Path, Seen> look(Path directory) {
        return looked.computeIfAbsent(directory, missing -> {
            Map<Path, Seen> now = list(directory, directories.getOrDefault(directory, Map.of()));
            directories.put(directory, now);
            return now;
        });
    }

    private Map<Path, Seen> list(Path directory, Map<Path, Seen> before) {
        Map<Path, Seen> now = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.xml")) {
            for (Path file : entries) {
                look(file, before.get(file), now);
            }
        } catch (IOException | DirectoryIteratorException notReadable) {
            // no libvirt, or not for us: then command lines tell
        }
        return now;
    }

    private void look(Path file, @Nullable Seen before, Map<Path, Seen> to) {
        try {
            FileTime modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
            if (before != null && before.modified().equals(modified)) {
                to.put(file, before);
                return;
            }
            read(file).ifPresent(text -> to.put(file, new Seen(file, modified, pid(text))));
        } catch (IOException gone) {
            // replaced or removed while we looked: it is there at the next look, or its guest has ended
        }
    }

    /** A user's file may become his pipe or a link between two looks at it: the reader is patient and follows none. */
    private Optional<byte[]> read(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.isRegularFile() && now.size() <= LARGEST ? files.find(file, file) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static int pid(byte[] text) {
        int length = Math.min(text.length, HEAD);
        Matcher matcher = PID.matcher(new String(text, 0, length, StandardCharsets.ISO_8859_1));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    @Override
    public void close() {
        files.close();
    }
}
