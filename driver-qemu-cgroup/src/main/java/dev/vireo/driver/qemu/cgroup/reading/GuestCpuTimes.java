package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.HypervisorException;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One guest's CPU time, in total and per CPU: where it is to be read, and the counters that are open there. Guarded by the
 * guest's lock.
 */
final class GuestCpuTimes implements AutoCloseable {
    private final GuestRun run;
    private final GuestErrors errors;
    private final OpenedGuest guest;
    private @Nullable CounterSource source;
    private @Nullable CpuCounters counters;

    GuestCpuTimes(GuestRun run, GuestErrors errors, OpenedGuest guest) {
        this.run = run;
        this.errors = errors;
        this.guest = guest;
    }

    /** Says what to read from now on. Where that is something else than before, the guest was moved: a new generation. */
    void moveTo(CounterSource newSource) {
        boolean moved = source != null && !source.equals(newSource);
        source = newSource;
        if (moved) {
            guest.generation().nextBecauseMoved();
            close();
        }
    }

    /** Has the guest's time counted from now on, where something counts already: before anybody asks for it. */
    void watch(Workspace space) {
        CpuCounters open = counters;
        boolean isCutOff = open != null && open.isCutOff();
        boolean isToBeWatched = !run.isClosed()
                && (open == null || isCutOff)
                && source instanceof CounterSource.V2
                && guest.choice().isCounting();
        if (isToBeWatched) {
            if (isCutOff) {
                beginAgain();
            }
            try {
                opened(space).watch(space);
            } catch (IOException | HypervisorException later) {
                // whoever reads it opens it anew, and is told
                close();
            }
        }
    }

    /** Fills in or tells what {@code virDomainGetCPUStats} does; what fails once is opened anew and read again. */
    int read(Workspace space, CpuIds ids, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus) {
        try {
            return readWhileAlive(space, ids, params, nparams, startCpu, ncpus);
        } catch (IOException first) {
            giveUp(space, first);
        }
        try {
            return readWhileAlive(space, ids, params, nparams, startCpu, ncpus);
        } catch (IOException again) {
            throw run.unreadable(space, again);
        }
    }

    /** Reads one of a bulk read's groups; returns why there is nothing, null if there is. */
    @Nullable String readGroup(Workspace space, CpuIds ids, StatsGroup group) throws IOException {
        CpuCounters open = opened(space);
        if (group == StatsGroup.CPU_TOTAL) {
            open.readTotal(space, true);
            return null;
        }
        return open.readPerCpu(space, ids);
    }

    /** Returns where a group's numbers come from, null while nothing is open, and for vCPUs. */
    @Nullable CpuStatsOrigin origin(StatsGroup group) {
        CpuCounters open = counters;
        if (open == null || group == StatsGroup.VCPU) {
            return null;
        }
        return group == StatsGroup.CPU_TOTAL ? open.totalOrigin() : open.perCpuOrigin();
    }

    private int readWhileAlive(
            Workspace space, CpuIds ids, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus)
            throws IOException {
        int result;
        try {
            result = readOnce(space, ids, params, nparams, startCpu, ncpus);
        } catch (HypervisorException refused) {
            run.requireAlive(space); // that it has ended comes before what is wrong with the question
            throw refused;
        }
        if (startCpu < 0 || counters == null || !counters.isSurelyAlive()) {
            run.requireAlive(space);
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

    private CpuCounters opened(Workspace space) throws IOException {
        CpuCounters open = counters;
        if (open == null) {
            run.requireThisRun();
            open = Objects.requireNonNull(source, "not told yet what to read").open(guest, space.now);
            counters = open;
        }
        return open;
    }

    /** A group that goes while its guest stays, as that of an unplugged vCPU, is one failure, not one for ever. */
    private void giveUp(Workspace space, IOException failed) {
        run.requireAlive(space, failed);
        beginAgain();
    }

    /** Has the next reading open the counters anew, which is a new generation. */
    void beginAgain() {
        close();
        guest.generation().next();
    }

    /** Closes the files. The next reading opens them anew, if the run goes on. */
    @Override
    public void close() {
        if (counters != null) {
            counters.close();
            counters = null;
        }
    }
}
