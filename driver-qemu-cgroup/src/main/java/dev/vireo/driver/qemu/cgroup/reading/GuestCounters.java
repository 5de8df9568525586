package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import dev.vireo.driver.qemu.cgroup.percpu.PerCpuCounting;
import dev.vireo.driver.qemu.cgroup.percpu.SourceChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One guest's counters, opened at the first call and shared by all threads: a lock for each guest, which is this object's, so
 * that readers of different guests never meet. Never waits on the guest itself.
 *
 * <p>Whether the guest still runs is asked after each reading: then it ran while it was read.
 */
public final class GuestCounters implements AutoCloseable {
    private final GuestErrors errors = new GuestErrors();
    private final VcpuThreadIds threads;
    private final GuestRun run;
    private final GuestCpuTimes times;
    private final GuestVcpuTimes vcpus;
    private final GuestScheduling scheduling;

    /**
     * Makes counters that are not open yet.
     *
     * @param process the guest's process
     * @param budget says which files may stay open
     * @param counting the sources of times per CPU on cgroup v2
     */
    public GuestCounters(GuestProcess process, OpenFileBudget budget, PerCpuCounting counting) {
        threads = new VcpuThreadIds(process);
        run = new GuestRun(process, budget, errors, this::close);
        OpenedGuest guest = new OpenedGuest(process, threads, budget, new Generation(), new SourceChoice(counting));
        times = new GuestCpuTimes(run, errors, guest);
        vcpus = new GuestVcpuTimes(run, threads, budget);
        scheduling = new GuestScheduling(this, run, threads);
    }

    /**
     * Says who the guest is.
     *
     * @param name how errors call it
     * @param libvirtStatusFile libvirt's file about it, null if there is none
     */
    public synchronized void identify(String name, @Nullable Path libvirtStatusFile) {
        errors.setGuest(name);
        if (threads.setStatusFile(libvirtStatusFile)) {
            vcpus.close();
        }
    }

    /**
     * Says what to read from now on. Where that is something else than before, the guest was moved: a new generation.
     *
     * @param newSource what its CPU time is to be read from
     */
    public synchronized void moveTo(CounterSource newSource) {
        times.moveTo(newSource);
    }

    /**
     * Has the guest's time counted from now on, where something counts already: before anybody asks for it.
     *
     * @param space memory for the reading
     */
    public synchronized void watch(Workspace space) {
        times.watch(space);
    }

    /**
     * Tells whether this run of the guest goes on.
     *
     * @param space memory for the reading
     * @return false if it is certain that it has ended
     */
    public synchronized boolean isAlive(Workspace space) {
        return run.isAlive(space);
    }

    /**
     * Fills in or tells what {@code virDomainGetCPUStats} does, with arguments that have been checked.
     *
     * @param space memory for the reading
     * @param ids the host's CPUs
     * @param params what to fill, null for a question
     * @param nparams how many for each CPU
     * @param startCpu the first CPU, -1 for the total
     * @param ncpus how many CPUs
     * @return how many were filled for each CPU, or the answer
     */
    public synchronized int read(
            Workspace space, CpuIds ids, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus) {
        return times.read(space, ids, params, nparams, startCpu, ncpus);
    }

    /**
     * Fills in the vCPUs.
     *
     * @param space memory for the reading
     * @param into what to fill
     */
    public synchronized void readVcpus(Workspace space, VcpuTimes into) {
        vcpus.read(space, into);
    }

    /**
     * Returns how the host's scheduler treats the guest, which is read without the lock.
     *
     * @return the same for all the run
     */
    public GuestScheduling scheduling() {
        return scheduling;
    }

    /**
     * Takes this guest's numbers for a bulk read. What cannot be read is said to be unavailable.
     *
     * @param row takes the numbers
     * @param ids the host's CPUs
     * @param groups what is asked for
     * @return false if this run of the guest is over
     */
    public synchronized boolean readAll(BulkRow row, CpuIds ids, Set<StatsGroup> groups) {
        row.begin();
        readGroup(row, ids, groups, StatsGroup.HOST_CPU);
        readGroup(row, ids, groups, StatsGroup.CPU_TOTAL);
        readGroup(row, ids, groups, StatsGroup.VCPU);
        return !run.isClosed() && run.isStillAlive(row.space());
    }

    private void readGroup(BulkRow row, CpuIds ids, Set<StatsGroup> groups, StatsGroup group) {
        if (groups.contains(group) && !run.isClosed()) {
            String reason = readGroup(row.space(), ids, group);
            row.lacks(group, reason);
            CpuStatsOrigin origin = reason == null ? times.origin(group) : null;
            if (origin != null) {
                row.comesFrom(group, origin);
            }
        }
    }

    /** Returns why there is nothing, null if there is. */
    private @Nullable String readGroup(Workspace space, CpuIds ids, StatsGroup group) {
        try {
            return readGroupOnce(space, ids, group);
        } catch (IOException first) {
            return run.isStillAlive(space) ? readGroupAgain(space, ids, group, first) : null;
        }
    }

    private @Nullable String readGroupAgain(Workspace space, CpuIds ids, StatsGroup group, IOException first) {
        try {
            if (group == StatsGroup.VCPU) {
                vcpus.close();
            } else {
                times.beginAgain();
            }
            return readGroupOnce(space, ids, group);
        } catch (IOException again) {
            again.addSuppressed(first);
            return errors.unreadable(again).getMessage();
        }
    }

    private @Nullable String readGroupOnce(Workspace space, CpuIds ids, StatsGroup group) throws IOException {
        return group == StatsGroup.VCPU ? vcpus.readGroup(space) : times.readGroup(space, ids, group);
    }

    /** Closes the files; later calls answer {@link dev.vireo.ErrorCode#NO_DOMAIN}. */
    @Override
    public synchronized void close() {
        run.close();
        times.close();
        vcpus.close();
    }
}
