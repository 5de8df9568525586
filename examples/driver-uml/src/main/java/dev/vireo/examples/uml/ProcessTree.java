package dev.vireo.examples.uml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * A process and its descendants, added up. A guest is such a tree: its kernel is the first process, and each address
 * space of the guest is a child, which ends with the guest's program.
 *
 * <p>A running process counts in nanoseconds; one that has ended counts in its parent, in ticks of 10 ms that are rounded
 * down, so that the sum may lose up to two of them when a process ends: {@link UmlDomain#advanceTo} hides that.
 */
final class ProcessTree {
    /** How often to look again, in a guest whose programs end faster than they can be read. */
    private static final int ATTEMPTS = 10;

    private final Path proc;
    private final Set<Integer> pids = new HashSet<>();
    private long cpuNanos;
    private long userTicks;
    private long systemTicks;

    private ProcessTree(Path proc) {
        this.proc = proc;
    }

    /**
     * Reads a guest's processes.
     *
     * @throws dev.vireo.HypervisorException {@link dev.vireo.ErrorCode#NO_DOMAIN} if the guest has ended
     */
    static ProcessTree read(Path proc, UmlDomain domain) throws IOException {
        ProcessTree tree = new ProcessTree(proc);
        ProcessStat before = requireRunning(proc, domain);
        for (int attempt = 1; ; attempt++) {
            tree.add(before);
            ProcessStat after = requireRunning(proc, domain);
            // A child that ended in between may have been seen neither running nor in its parent. It was not seen as
            // both, since parents are read first: what is read in the last attempt is at worst too low.
            if (after.endedTicks() == before.endedTicks() || attempt == ATTEMPTS) {
                return tree;
            }
            tree = new ProcessTree(proc);
            before = after;
        }
    }

    /** Returns the first process of a guest that must still be running. */
    static ProcessStat requireRunning(Path proc, UmlDomain domain) throws IOException {
        ProcessStat stat = ProcessStat.find(proc, domain.id());
        if (stat == null || !domain.isRunBy(stat)) {
            throw domain.ended();
        }
        return stat;
    }

    private void add(ProcessStat stat) throws IOException {
        userTicks += stat.userTicks() + stat.endedUserTicks();
        systemTicks += stat.systemTicks() + stat.endedSystemTicks();
        long ownTicks = stat.userTicks() + stat.systemTicks();
        cpuNanos += stat.endedTicks() * ProcessStat.NANOS_PER_TICK;
        if (stat.hasEnded()) {
            cpuNanos += ownTicks * ProcessStat.NANOS_PER_TICK;
            return;
        }
        pids.add(stat.pid());
        // schedstat has nanoseconds, but of the first thread alone; today's guests have no other threads
        cpuNanos += Math.max(firstThreadNanos(stat.pid()), ownTicks * ProcessStat.NANOS_PER_TICK);
        for (String child : read(stat.pid(), "task/" + stat.pid() + "/children").split(" ")) {
            ProcessStat found = child.isBlank() ? null : ProcessStat.find(proc, Integer.parseInt(child.strip()));
            if (found != null) {
                add(found);
            }
        }
    }

    private long firstThreadNanos(int pid) throws IOException {
        String schedstat = read(pid, "schedstat");
        return schedstat.isEmpty() ? 0 : Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }

    /** Returns "" if the process has ended meanwhile. */
    private String read(int pid, String file) throws IOException {
        Path directory = proc.resolve(Integer.toString(pid));
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException failed) {
            if (Files.exists(directory)) {
                throw failed;
            }
            return "";
        }
    }

    CpuTimes times() {
        return new CpuTimes(cpuNanos, userTicks * ProcessStat.NANOS_PER_TICK, systemTicks * ProcessStat.NANOS_PER_TICK);
    }

    /** Returns the processes that run. */
    Set<Integer> pids() {
        return pids;
    }
}
