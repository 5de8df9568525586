package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.HypervisorException;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuPin;
import dev.vireo.VcpuTimes;
import dev.vireo.driver.qemu.cgroup.percpu.PerCpuCounting;
import dev.vireo.driver.qemu.cgroup.percpu.SourceChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One guest's counters, opened at the first call and shared by all threads: a lock for each guest, so that readers of
 * different guests never meet. Never waits on the guest itself.
 *
 * <p>Whether the guest still runs is asked after each reading: then it ran while it was read.
 */
public final class GuestCounters implements AutoCloseable {
    private final GuestProcess process;
    private final OpenFileBudget budget;
    private final Generation generation = new Generation();
    private final GuestErrors errors = new GuestErrors();
    private final VcpuThreadIds threads;
    private final OpenedGuest guest;
    private @Nullable CounterSource source;
    private @Nullable Liveness liveness;
    private @Nullable CpuCounters counters;
    private @Nullable VcpuThreads vcpus;
    private boolean closed;

    /**
     * Makes counters that are not open yet.
     *
     * @param process the guest's process
     * @param budget says which files may stay open
     * @param counting the sources of times per CPU on cgroup v2
     */
    public GuestCounters(GuestProcess process, OpenFileBudget budget, PerCpuCounting counting) {
        this.process = process;
        this.budget = budget;
        this.threads = new VcpuThreadIds(process);
        this.guest = new OpenedGuest(process, threads, budget, generation, new SourceChoice(counting));
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
            closeVcpus();
        }
    }

    /**
     * Says what to read from now on. Where that is something else than before, the guest was moved: a new generation.
     *
     * @param newSource what its CPU time is to be read from
     */
    public synchronized void moveTo(CounterSource newSource) {
        boolean moved = source != null && !source.equals(newSource);
        source = newSource;
        if (moved) {
            generation.nextBecauseMoved();
            closeCounters();
        }
    }

    /**
     * Has the guest's time counted from now on, where something counts already: before anybody asks for it.
     *
     * @param space memory for the reading
     */
    public synchronized void watch(Workspace space) {
        CpuCounters open = counters;
        boolean isCutOff = open != null && open.isCutOff();
        boolean isToBeWatched = !closed
                && (open == null || isCutOff)
                && source instanceof CounterSource.V2
                && guest.choice().isCounting();
        if (isToBeWatched) {
            if (isCutOff) {
                closeCounters();
                generation.next();
            }
            try {
                opened(space).watch(space);
            } catch (IOException | HypervisorException later) {
                // whoever reads it opens it anew, and is told
                closeCounters();
            }
        }
    }

    /**
     * Tells whether this run of the guest goes on.
     *
     * @param space memory for the reading
     * @return false if it is certain that it has ended
     */
    public synchronized boolean isAlive(Workspace space) {
        if (closed) {
            return false;
        }
        try {
            return liveness().isAlive(space.text);
        } catch (IOException ended) {
            return !process.hasEnded();
        }
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
        try {
            return readWhileAlive(space, ids, params, nparams, startCpu, ncpus);
        } catch (IOException first) {
            giveUpCounters(space, first);
        }
        try {
            return readWhileAlive(space, ids, params, nparams, startCpu, ncpus);
        } catch (IOException again) {
            throw failedAgain(space, again);
        }
    }

    /**
     * Fills in the vCPUs.
     *
     * @param space memory for the reading
     * @param into what to fill
     */
    public synchronized void readVcpus(Workspace space, VcpuTimes into) {
        try {
            readVcpusWhileAlive(space, into);
            return;
        } catch (IOException first) {
            giveUpVcpus(space, first);
        }
        try {
            readVcpusWhileAlive(space, into);
        } catch (IOException again) {
            throw failedAgain(space, again);
        }
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
        return !closed && isStillAlive(row.space());
    }

    /** Something that is read of a guest, whose files are opened for it. */
    @FunctionalInterface
    public interface FileReading<T> {
        /**
         * Reads it.
         *
         * @return what was read
         * @throws IOException if a file cannot be read
         */
        T read() throws IOException;
    }

    /**
     * Reads something of this run of the guest, without its lock.
     *
     * @param space memory for the question whether it runs
     * @param reading what to read
     * @param <T> what is read
     * @return what was read while the guest ran
     * @throws HypervisorException {@link dev.vireo.ErrorCode#NO_DOMAIN} if this run is over
     */
    public <T> T readWhileAlive(Workspace space, FileReading<T> reading) {
        try {
            T result = reading.read();
            requireStillAlive(space);
            return result;
        } catch (IOException failed) {
            throw failedOnce(space, failed);
        } catch (HypervisorException refused) {
            requireStillAlive(space);
            throw refused;
        }
    }

    private synchronized void requireStillAlive(Workspace space) {
        requireAlive(space);
    }

    private synchronized HypervisorException failedOnce(Workspace space, IOException failed) {
        return failedAgain(space, failed);
    }

    /**
     * Returns on which CPUs each vCPU may run.
     *
     * @param space memory for the reading
     * @param ids the host's CPUs
     * @return the vCPUs in the order of their numbers
     */
    public List<VcpuPin> readPins(Workspace space, CpuIds ids) {
        List<VcpuPin> pins = readWhileAlive(space, () -> VcpuPinning.read(vcpuTasks(), ids.present()));
        if (pins.isEmpty()) {
            throw GuestErrors.unsupported(VcpuThreads.UNKNOWN);
        }
        return pins;
    }

    private synchronized Map<Integer, Path> vcpuTasks() throws IOException {
        Map<Integer, Path> tasks = new TreeMap<>();
        threads.find().forEach((vcpu, thread) -> tasks.put(vcpu, threads.task(thread)));
        return tasks;
    }

    private void readGroup(BulkRow row, CpuIds ids, Set<StatsGroup> groups, StatsGroup group) {
        if (groups.contains(group) && !closed) {
            row.lacks(group, readGroup(row.space(), ids, group));
        }
    }

    private int readWhileAlive(
            Workspace space, CpuIds ids, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus)
            throws IOException {
        int result;
        try {
            result = readOnce(space, ids, params, nparams, startCpu, ncpus);
        } catch (HypervisorException refused) {
            requireAlive(space); // that it has ended comes before what is wrong with the question
            throw refused;
        }
        if (startCpu < 0 || counters == null || !counters.isSurelyAlive()) {
            requireAlive(space);
        }
        return result;
    }

    private int readOnce(
            Workspace space, CpuIds ids, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus)
            throws IOException {
        CpuCounters open = opened(space);
        if (params == null) {
            return answer(open, space, ids, startCpu, ncpus);
        }
        return startCpu == -1
                ? readTotal(open, space, params, nparams)
                : readPerCpu(open, space, ids, params, nparams, startCpu, ncpus);
    }

    private static int answer(CpuCounters open, Workspace space, CpuIds ids, int startCpu, int ncpus)
            throws IOException {
        if (startCpu == -1) {
            return CpuTotal.PARAMETERS;
        }
        return ncpus == 0 ? ids.size() : open.perCpuParameters(space.now);
    }

    private static int readTotal(CpuCounters open, Workspace space, TypedParameters params, int nparams)
            throws IOException {
        space.hostCpus.clear();
        open.readTotal(space, nparams > 1);
        params.setOrigin(open.totalOrigin());
        return space.total.fill(params, nparams);
    }

    private int readPerCpu(
            CpuCounters open, Workspace space, CpuIds ids, TypedParameters params, int nparams, int startCpu, int ncpus)
            throws IOException {
        if (startCpu >= ids.size()) {
            throw errors.startCpuTooLarge(startCpu, ids.size() - 1);
        }
        String reason = open.readPerCpu(space, ids);
        if (reason != null) {
            throw GuestErrors.unsupported(reason);
        }
        params.setOrigin(open.perCpuOrigin());
        return space.hostCpus.fill(ids, params, nparams, startCpu, ncpus);
    }

    /** Returns why there is nothing, null if there is. */
    private @Nullable String readGroup(Workspace space, CpuIds ids, StatsGroup group) {
        try {
            return readGroupOnce(space, ids, group);
        } catch (IOException first) {
            return isStillAlive(space) ? readGroupAgain(space, ids, group, first) : null;
        }
    }

    private @Nullable String readGroupAgain(Workspace space, CpuIds ids, StatsGroup group, IOException first) {
        try {
            if (group == StatsGroup.VCPU) {
                closeVcpus();
            } else {
                closeCounters();
                generation.next();
            }
            return readGroupOnce(space, ids, group);
        } catch (IOException again) {
            again.addSuppressed(first);
            return errors.unreadable(again).getMessage();
        }
    }

    private @Nullable String readGroupOnce(Workspace space, CpuIds ids, StatsGroup group) throws IOException {
        if (group == StatsGroup.VCPU) {
            VcpuThreads threads = openedVcpus(space);
            threads.read(space);
            return threads.unavailable();
        }
        CpuCounters open = opened(space);
        if (group == StatsGroup.CPU_TOTAL) {
            open.readTotal(space, true);
            return null;
        }
        return open.readPerCpu(space, ids);
    }

    private void readVcpusWhileAlive(Workspace space, VcpuTimes into) throws IOException {
        into.clear();
        VcpuThreads threads = openedVcpus(space);
        threads.read(space, into);
        requireAlive(space);
        String reason = threads.unavailable();
        if (reason != null) {
            throw GuestErrors.unsupported(reason);
        }
    }

    private CpuCounters opened(Workspace space) throws IOException {
        CpuCounters open = counters;
        if (open == null) {
            requireThisRun();
            open = Objects.requireNonNull(source, "not told yet what to read").open(guest, space.now);
            counters = open;
        }
        return open;
    }

    private VcpuThreads openedVcpus(Workspace space) throws IOException {
        VcpuThreads open = vcpus;
        if (open == null) {
            requireThisRun();
            open = new VcpuThreads(threads, budget, space.now);
            vcpus = open;
        }
        return open;
    }

    /** What is opened by path must not be that of a later process with the same pid. */
    private void requireThisRun() throws IOException {
        if (closed) {
            throw errors.gone();
        }
        liveness();
    }

    private Liveness liveness() throws IOException {
        Liveness open = liveness;
        if (open == null) {
            open = new Liveness(process, budget);
            liveness = open;
        }
        return open;
    }

    private void requireAlive(Workspace space) {
        if (closed || !isStillAlive(space)) {
            throw errors.gone();
        }
    }

    /** Closes everything when the guest has ended. */
    private boolean isStillAlive(Workspace space) {
        boolean alive = liveness == null ? !process.hasEnded() : liveness.isAlive(space.text);
        if (!alive) {
            close();
        }
        return alive;
    }

    /** A group that goes while its guest stays, as that of an unplugged vCPU, is one failure, not one for ever. */
    private void giveUpCounters(Workspace space, IOException failed) {
        requireAlive(space, failed);
        closeCounters();
        generation.next();
    }

    private HypervisorException failedAgain(Workspace space, IOException failed) {
        requireAlive(space, failed);
        return errors.unreadable(failed);
    }

    private void giveUpVcpus(Workspace space, IOException failed) {
        requireAlive(space, failed);
        closeVcpus();
    }

    /** A file that cannot be read any more is the guest's end, if the guest has ended. */
    private void requireAlive(Workspace space, IOException failed) {
        if (closed || !isStillAlive(space)) {
            HypervisorException gone = errors.gone();
            gone.addSuppressed(failed);
            throw gone;
        }
    }

    /** Closes the files; later calls answer {@link dev.vireo.ErrorCode#NO_DOMAIN}. */
    @Override
    public synchronized void close() {
        closed = true;
        closeCounters();
        closeVcpus();
        if (liveness != null) {
            liveness.close();
            liveness = null;
        }
    }

    private void closeCounters() {
        if (counters != null) {
            counters.close();
            counters = null;
        }
    }

    private void closeVcpus() {
        if (vcpus != null) {
            vcpus.close();
            vcpus = null;
        }
    }
}
