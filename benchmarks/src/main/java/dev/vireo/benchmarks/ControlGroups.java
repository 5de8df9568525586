package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Control groups as libvirt makes them with systemd, made by hand: {@code machine.slice/machine-qemu\x2dID\x2dNAME.scope/
 * libvirt}, below it {@code emulator} and {@code vcpuN}. Closing removes what was made.
 */
final class ControlGroups implements AutoCloseable {
    private static final long REMOVE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    // far above libvirt's own ids and all pids, nine digits in any case
    private static final int FIRST_ID = 600_000_000;

    private static final Pattern OURS =
            Pattern.compile("machine-qemu\\\\x2d\\d+\\\\x2dvireo\\\\x2dbench\\\\x2d(?<run>\\d+)\\\\x2d\\d+\\.scope");

    private final Hierarchy hierarchy;
    private final Path slice;
    // the last one made is the first one to be removed
    private final Deque<Path> made = new ArrayDeque<>();
    private int nextId = FIRST_ID + (int) (ProcessHandle.current().pid() % 10_000) * 20_000;

    private boolean closed;

    ControlGroups(Hierarchy hierarchy) throws IOException {
        this.hierarchy = hierarchy;
        this.slice = hierarchy
                .mountPoint()
                .orElseThrow(() -> new IOException("no cgroup " + hierarchy + " is mounted"))
                .resolve("machine.slice");
        removeLeftOvers();
    }

    /** Moves a guest as libvirt does, each vCPU's thread to its own group; returns the group that is the guest's. */
    synchronized Path place(LookAlike guest) throws IOException {
        if (closed) {
            throw new IOException("ending");
        }
        Path scope = slice.resolve(
                "machine-qemu\\x2d" + nextId++ + "\\x2d" + guest.name().replace("-", "\\x2d") + ".scope");
        makeScope(scope);
        Path group = make(scope.resolve("libvirt"));
        write(child(group, "emulator").resolve("cgroup.procs"), guest.pid());
        for (int vcpu = 0; vcpu < guest.vcpuThreads().size(); vcpu++) {
            Path threads = child(group, "vcpu" + vcpu).resolve(hierarchy == Hierarchy.V1 ? "tasks" : "cgroup.threads");
            write(threads, guest.vcpuThreads().get(vcpu));
        }
        return group;
    }

    /** A run that was killed could not remove its groups; nobody is in them. */
    private void removeLeftOvers() throws IOException {
        if (Files.notExists(slice)) {
            return;
        }
        try (Stream<Path> scopes = Files.list(slice)) {
            for (Path scope : scopes.filter(ControlGroups::isLeftOver).toList()) {
                try (Stream<Path> groups = Files.walk(scope)) {
                    groups.filter(Files::isDirectory).forEach(made::push);
                }
            }
        }
        removeMade();
    }

    private static boolean isLeftOver(Path scope) {
        Matcher name = OURS.matcher(scope.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group("run"))).isEmpty();
    }

    /** Somebody else may remove the slice just now, as its last user. */
    private void makeScope(Path scope) throws IOException {
        long deadline = System.nanoTime() + REMOVE_LIMIT_NANOS;
        while (true) {
            try {
                if (!Files.exists(slice)) {
                    make(slice);
                }
                make(scope);
                return;
            } catch (NoSuchFileException | FileAlreadyExistsException changedMeanwhile) {
                if (System.nanoTime() > deadline) {
                    throw changedMeanwhile;
                }
            }
        }
    }

    /** On v2 the threads of a process may be in different groups only if these are threaded. */
    private Path child(Path group, String name) throws IOException {
        Path child = make(group.resolve(name));
        if (hierarchy == Hierarchy.V2) {
            Files.writeString(child.resolve("cgroup.type"), "threaded");
        }
        return child;
    }

    private Path make(Path group) throws IOException {
        Files.createDirectory(group);
        made.push(group);
        return group;
    }

    private static void write(Path file, int number) throws IOException {
        Files.writeString(file, Integer.toString(number));
    }

    /** Removes the groups as soon as they are empty: a process that was killed leaves them when it has ended. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        removeMade();
    }

    private void removeMade() throws IOException {
        long deadline = System.nanoTime() + REMOVE_LIMIT_NANOS;
        while (!made.isEmpty()) {
            Path group = made.peek();
            try {
                Files.deleteIfExists(group);
                made.pop();
            } catch (FileSystemException busy) {
                if (group.equals(slice)) {
                    return; // somebody else's guests are there now
                }
                if (System.nanoTime() > deadline) {
                    throw busy;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            }
        }
    }
}
