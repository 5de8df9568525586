package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.CounterSource;
import dev.vireo.driver.qemu.cgroup.reading.GuestCounters;
import dev.vireo.driver.qemu.cgroup.reading.GuestProcess;
import dev.vireo.driver.qemu.cgroup.reading.ProcessStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the QEMU processes of the host. The same run is the same {@link Guest} each time; one that has ended is closed and
 * forgotten. Thread-safe.
 */
public final class GuestFinder implements AutoCloseable {
    private final Path procfs;
    private final CgroupMounts mounts;
    private final GroupOwnership ownership;
    private Map<Integer, Guest> known = Map.of();

    /**
     * Makes a finder that knows no guest yet.
     *
     * @param procfs the directory that stands for {@code /proc}
     * @param mounts where the control groups are mounted
     */
    public GuestFinder(Path procfs, CgroupMounts mounts) {
        this.procfs = procfs;
        this.mounts = mounts;
        this.ownership = new GroupOwnership(procfs);
    }

    /**
     * Looks for the guests that run now.
     *
     * @return the guests, by pid
     * @throws IOException if the list of processes cannot be read
     */
    public synchronized List<Guest> find() throws IOException {
        Map<Integer, Guest> found = new TreeMap<>();
        for (int pid : pids()) {
            Guest guest = guestOf(pid);
            if (guest != null) {
                found.put(pid, guest);
            }
        }
        Map<Integer, Guest> before = known;
        known = found;
        for (Guest guest : before.values()) {
            if (!guest.equals(found.get(guest.process().pid()))) {
                guest.counters().close();
            }
        }
        return List.copyOf(found.values());
    }

    /** Returns null if the process is no guest, or has ended. */
    private @Nullable Guest guestOf(int pid) {
        Path directory = procfs.resolve(Integer.toString(pid));
        Guest guest = known.get(pid);
        try {
            ProcessStat stat = ProcessStat.read(directory);
            GuestProcess process = new GuestProcess(directory, pid, stat.startTime());
            if (stat.hasEnded() || !isQemu(directory, stat)) {
                return null;
            }
            ProcessCgroups groups = ProcessCgroups.read(directory);
            if (guest == null || !guest.process().equals(process)) {
                return identify(process, stat.parent(), groups);
            }
            // others may have come into its group, or its manager has put it into one only now
            guest.counters().moveTo(source(groups, pid));
            return guest.withId(idOf(groups, pid));
        } catch (IOException unreadable) {
            // ended between the list and the look, or for want of descriptors: then what was known still holds
            return guest == null || guest.process().hasEnded() ? null : guest;
        }
    }

    private int[] pids() throws IOException {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(procfs, "[0-9]*")) {
            for (Path entry : entries) {
                pids.add(Integer.valueOf(String.valueOf(entry.getFileName())));
            }
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        return pids.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static boolean isQemu(Path process, ProcessStat stat) {
        // -name process=… gives the process any name; its program says what it is, where we may see it
        return isQemuName(stat.command()) || isQemuName(programName(process));
    }

    private static boolean isQemuName(String name) {
        return name.startsWith("qemu-system-") || name.equals("qemu-kvm") || name.equals("kvm");
    }

    private static String programName(Path process) {
        try {
            return String.valueOf(Files.readSymbolicLink(process.resolve("exe")).getFileName());
        } catch (IOException | UnsupportedOperationException notOurs) {
            return ""; // a kernel thread, or a process of somebody else
        }
    }

    /** Returns null for a process that has just been started and does not say yet who it is, and for a guest's helper. */
    private @Nullable Guest identify(GuestProcess process, int parent, ProcessCgroups groups) throws IOException {
        byte[] text = Files.readAllBytes(process.directory().resolve("cmdline"));
        if (text.length == 0 || isHelper(parent, text)) {
            return null;
        }
        CommandLine commandLine = CommandLine.parse(text);
        int id = idOf(groups, process.pid());
        String name = commandLine.name().orElse("qemu-" + process.pid());
        UUID uuid = commandLine.uuid().orElseGet(() -> uuidOf(process));
        String shown = "'" + name + "' (id " + id + ", uuid " + uuid + ")";
        return new Guest(process, id, name, uuid, new GuestCounters(process, source(groups, process.pid()), shown));
    }

    /** QEMU's own children, such as the one that cleans up after it, share its command line and are no second guest. */
    private boolean isHelper(int parent, byte[] commandLine) {
        try {
            Path directory = procfs.resolve(Integer.toString(parent));
            return isQemu(directory, ProcessStat.read(directory))
                    && Arrays.equals(commandLine, Files.readAllBytes(directory.resolve("cmdline")));
        } catch (IOException noParent) {
            return false;
        }
    }

    private static int idOf(ProcessCgroups groups, int pid) {
        return groups.v1()
                .flatMap(LibvirtLayout::of)
                .or(() -> groups.v2().flatMap(LibvirtLayout::of))
                .flatMap(layout -> layout.id().stream().boxed().findFirst())
                .orElse(pid);
    }

    /** The hierarchy where the guest has a group of its own; v1 if both, since only there the times per CPU are files. */
    private CounterSource source(ProcessCgroups groups, int pid) {
        Optional<CounterSource> v1 = own(mounts.v1(), groups.v1(), pid).map(CounterSource.V1::new);
        Optional<CounterSource> v2 = v1.isPresent()
                ? Optional.empty()
                : own(mounts.v2(), groups.v2(), pid).map(CounterSource.V2::new);
        return v1.or(() -> v2)
                .orElseGet(() -> new CounterSource.SharedGroup("its control group ("
                        + groups.v1().or(groups::v2).orElse("none")
                        + ") also holds others' processes"));
    }

    private Optional<Path> own(Optional<CgroupMounts.Mount> mount, Optional<String> path, int pid) {
        if (mount.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        Optional<LibvirtLayout> layout = LibvirtLayout.of(path.get());
        if (layout.isPresent()) {
            return mount.get().group(layout.get().group());
        }
        return path.get().equals("/")
                ? Optional.empty()
                : mount.get().group(path.get()).filter(group -> ownership.isOwn(group, pid));
    }

    /** A guest without -uuid: the same run has the same one, also for another reader, and no other run ever has it. */
    private UUID uuidOf(GuestProcess process) {
        String boot;
        try {
            boot = Files.readString(procfs.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException none) {
            boot = "";
        }
        String name = boot + " " + process.pid() + " " + process.startTime();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII));
    }

    /** Closes the files of all guests. */
    @Override
    public synchronized void close() throws IOException {
        Map<Integer, Guest> closing = known;
        known = Map.of();
        for (Guest guest : closing.values()) {
            guest.counters().close();
        }
    }
}
