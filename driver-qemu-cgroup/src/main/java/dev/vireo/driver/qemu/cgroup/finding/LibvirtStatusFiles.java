package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.LibvirtStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
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
final class LibvirtStatusFiles {
    /** The pid stands in the first element; the whole file has some 20 kB. */
    private static final int HEAD = 4096;

    private static final Pattern PID = Pattern.compile("<domstatus\\s[^>]*?\\bpid=['\"](\\d{1,9})['\"]");

    /**
     * A status file and what it says.
     *
     * @param path where it is
     * @param status what it says
     */
    record Found(Path path, LibvirtStatus status) {}

    private record Head(FileTime modified, int pid) {}

    private final Path run;
    private final Map<Path, Map<Path, Head>> directories = new HashMap<>();
    private final Map<Path, Map<Path, Head>> looked = new HashMap<>();

    /**
     * Knows no file yet.
     *
     * @param run the directory that stands for {@code /run}
     */
    LibvirtStatusFiles(Path run) {
        this.run = run;
    }

    /** Forgets when it last looked: files may have come since. */
    void startPass() {
        looked.clear();
    }

    /** Returns the file of a process, empty if libvirt does not run it, or its file is being written. */
    Optional<Found> find(int pid, int uid) {
        Optional<Found> system = find(run.resolve("libvirt/qemu"), pid);
        return system.isPresent() ? system : find(run.resolve("user/" + uid + "/libvirt/qemu/run"), pid);
    }

    private Optional<Found> find(Path directory, int pid) {
        for (Map.Entry<Path, Head> file : heads(directory).entrySet()) {
            if (file.getValue().pid() == pid) {
                return LibvirtStatus.find(file.getKey())
                        .filter(status -> status.pid() == pid)
                        .map(status -> new Found(file.getKey(), status));
            }
        }
        return Optional.empty();
    }

    private Map<Path, Head> heads(Path directory) {
        return looked.computeIfAbsent(directory, missing -> {
            Map<Path, Head> now = list(directory, directories.getOrDefault(directory, Map.of()));
            directories.put(directory, now);
            return now;
        });
    }

    private static Map<Path, Head> list(Path directory, Map<Path, Head> before) {
        Map<Path, Head> now = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.xml")) {
            for (Path file : files) {
                addHead(file, before.get(file), now);
            }
        } catch (IOException | DirectoryIteratorException notReadable) {
            // no libvirt, or not for us: then command lines tell
        }
        return now;
    }

    private static void addHead(Path file, @Nullable Head before, Map<Path, Head> to) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            FileTime modified = now.lastModifiedTime();
            if (before != null && before.modified().equals(modified)) {
                to.put(file, before);
            } else if (now.isRegularFile()) { // a user's pipe would hold us up, his link lead anywhere
                to.put(file, new Head(modified, pid(file)));
            }
        } catch (IOException gone) {
            // replaced or removed while we looked: it is there at the next look, or its guest has ended
        }
    }

    private static int pid(Path file) throws IOException {
        try (InputStream text = Files.newInputStream(file)) {
            Matcher matcher = PID.matcher(new String(text.readNBytes(HEAD), StandardCharsets.UTF_8));
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        }
    }
}
