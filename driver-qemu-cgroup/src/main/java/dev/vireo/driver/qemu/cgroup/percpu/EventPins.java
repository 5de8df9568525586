package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import dev.vireo.driver.qemu.cgroup.linux.Descriptor;
import dev.vireo.driver.qemu.cgroup.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the counting programs and their maps outlive a process: files of bpffs, in a directory named after the version of
 * their layout. Root's alone: whoever could write there could make up times.
 */
final class EventPins {
    /** Another number for each change of a map or of what a program writes to it, so that versions never meet. */
    private static final String VERSION = "vireo-1";

    private static final String UNFINISHED = VERSION + "-new-";
    private static final String RUNTIME = "runtime";
    private static final String END = "end";
    private static final Set<PosixFilePermission> ROOTS_ALONE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    /** Changes take microseconds, a look at all control groups some milliseconds. */
    private static final int MOST_TRIES = 40;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path bpffs;
    private final Path directory;

    EventPins(CountingHost host) {
        this.bpffs = host.bpffs();
        this.directory = bpffs.resolve(VERSION);
    }

    Path directory() {
        return directory;
    }

    /** What there is to see of what may be pinned. */
    enum Presence {
        /** Nothing, or what is not root's: that does not count, since bpffs may let anybody make a directory. */
        ABSENT,
        /** Whether there is something may not be seen by this process. */
        HIDDEN,
        /** There is something that this process may not open. */
        CLOSED,
        /** There is something to be used. */
        OPEN
    }

    Presence presence() {
        try {
            if (!isRootsAlone(directory) || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                return Presence.ABSENT;
            }
            return Files.isExecutable(directory) ? Presence.OPEN : Presence.CLOSED;
        } catch (AccessDeniedException hidden) {
            return Presence.HIDDEN;
        } catch (IOException notThere) {
            return Presence.ABSENT;
        }
    }

    /** Tells whether something is pinned that this process may use. */
    boolean isThere() {
        return presence() == Presence.OPEN;
    }

    /** What is done while no other process changes what is pinned. */
    interface Change<T> {
        T make() throws IOException, PassedOverException;
    }

    <T> T underLock(Change<T> change) throws IOException, PassedOverException {
        try (Descriptor lock = Descriptor.ofDirectory(directory)) {
            lock(lock);
            return change.make();
        }
    }

    /** Whoever holds the lock may have been stopped with it, and must not stop everybody else. */
    private void lock(Descriptor lock) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                lock.lock();
                return;
            } catch (SystemCallException held) {
                if (held.errno() != SystemCallException.EAGAIN || tries == MOST_TRIES) {
                    throw new IOException(directory + " is held by another process: " + held.getMessage(), held);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Opens a pinned map; one that is another's, or of another form, is refused by its name. */
    EventMapSet.Origin maps(Bpf bpf) {
        return (name, spec) -> {
            requireRoots(directory);
            Path path = directory.resolve(name.fileName());
            requireRoots(path);
            Descriptor map = bpf.openPinned(path);
            try {
                if (bpf.is(map, spec)) {
                    return map;
                }
            } catch (IOException | RuntimeException failed) {
                map.close();
                throw failed;
            }
            map.close();
            throw new PassedOverException(
                    path + " is not what this version pins there; remove it with 'vireo accounting stop'");
        };
    }

    private static void requireRoots(Path path) throws IOException, PassedOverException {
        if (!isRootsAlone(path)) {
            throw new PassedOverException(path + " is not root's alone, so that others may write to it; remove it");
        }
    }

    private static boolean isRootsAlone(Path path) throws IOException {
        PosixFileAttributes file = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(0)
                && !file.isSymbolicLink()
                && file.permissions().stream().noneMatch(OTHERS::contains);
    }

    /** Pins maps and programs under another name first, so that whoever looks sees all of it or nothing. */
    void pin(Bpf bpf, EventMapSet maps, EventPrograms programs) throws IOException {
        Path unfinished = bpffs.resolve(UNFINISHED + ProcessHandle.current().pid());
        Files.createDirectory(unfinished, PosixFilePermissions.asFileAttribute(ROOTS_ALONE));
        try {
            for (EventMapSet.Name name : EventMapSet.Name.values()) {
                bpf.pin(maps.map(name), unfinished.resolve(name.fileName()));
            }
            bpf.pin(programs.end(), unfinished.resolve(END));
            bpf.pin(programs.runtime(), unfinished.resolve(RUNTIME));
            if (!isRootsAlone(unfinished)) {
                throw new IOException("only root pins what others may trust; start it as root");
            }
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException failed) {
            remove(unfinished);
            throw failed;
        }
    }

    /** Requires that what is to be pinned in is mounted. */
    void requireFileSystem() throws IOException {
        if (!Files.isDirectory(bpffs) || !Files.getFileStore(bpffs).type().equals("bpf")) {
            throw new IOException("bpffs is not mounted on " + bpffs + "; mount it with 'mount -t bpf -o mode=0700 bpf "
                    + bpffs + "'");
        }
    }

    /** Removes all that is pinned, which detaches it. What is not root's is left alone: it may lead anywhere. */
    void remove() throws IOException {
        if (isThere()) {
            // first under another name, so that whoever looks sees all of it or nothing
            Files.move(
                    directory,
                    bpffs.resolve(UNFINISHED + ProcessHandle.current().pid() + "-old"),
                    StandardCopyOption.ATOMIC_MOVE);
        }
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(bpffs, UNFINISHED + "*")) {
            // of who was killed while he pinned: it is attached and nobody finds it
            for (Path left : unfinished) {
                if (isRootsAlone(left)) {
                    remove(left);
                }
            }
        } catch (AccessDeniedException | NoSuchFileException | NotDirectoryException notOurs) {
            // then nothing of ours can be there
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
    }

    private static void remove(Path pinned) throws IOException {
        List<String> names = new ArrayList<>(List.of(RUNTIME, END));
        for (EventMapSet.Name name : EventMapSet.Name.values()) {
            names.add(name.fileName());
        }
        for (String name : names) {
            Files.deleteIfExists(pinned.resolve(name));
        }
        Files.delete(pinned);
    }
}
