package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * One guest's counters, opened at the first call and shared by all threads: a lock for each guest, so that readers of
 * different guests never meet. Never waits on the guest itself.
 */
public final class GuestCounters implements AutoCloseable {
    static final String ORIGIN = "QEMU-cgroup";
    static final String WHOLE_GROUP =
            "all that is in the guest's control group: vCPU threads, emulator, I/O threads and helper processes";

    private final GuestProcess process;
    private final String guest;
    private CounterSource source;
    private final Generation generation = new Generation();
    private @Nullable Liveness liveness;
    private @Nullable CpuCounters counters;
    private boolean closed;

    /**
     * Makes counters that are not open yet.
     *
     * @param process the guest's process
     * @param source what its CPU time is to be read from
     * @param guest how errors call it
     */
    public GuestCounters(GuestProcess process, CounterSource source, String guest) {
        this.process = process;
        this.source = source;
        this.guest = guest;
    }

    /**
     * Reads from elsewhere from now on, because the guest was moved to another control group: a new generation.
     *
     * @param newSource what its CPU time is to be read from
     * @throws IOException if the old files cannot be closed
     */
    public synchronized void moveTo(CounterSource newSource) throws IOException {
        if (!newSource.equals(source)) {
            source = newSource;
            generation.nextBecauseMoved();
            closeCounters();
        }
    }

    /**
     * Fills in or tells what {@code virDomainGetCPUStats} does, with arguments that have been checked.
     *
     * @param ids the host's CPUs
     * @param params what to fill, null for a question
     * @param nparams how many for each CPU
     * @param startCpu the first CPU, -1 for the total
     * @param ncpus how many CPUs
     * @return how many were filled for each CPU, or the answer
     */
    public synchronized int read(CpuIds ids, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus) {
        try {
            return readOnce(ids, params, nparams, startCpu, ncpus);
        } catch (IOException failed) {
            return readAgain(failed, ids, params, nparams, startCpu, ncpus);
        }
    }

    private int readOnce(CpuIds ids, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus)
            throws IOException {
        CpuCounters open = opened();
        if (params == null) {
            return answer(open, ids, startCpu, ncpus);
        }
        if (startCpu >= ids.size()) {
            throw HypervisorException.of(
                    ErrorCode.INVALID_ARG,
                    ORIGIN,
                    "start_cpu " + startCpu + " larger than maximum of " + (ids.size() - 1) + " for domain " + guest);
        }
        return startCpu == -1
                ? open.readTotal(params, nparams)
                : open.readPerCpu(ids, params, nparams, startCpu, ncpus);
    }

    private static int answer(CpuCounters open, CpuIds ids, int startCpu, int ncpus) throws IOException {
        if (startCpu == -1) {
            return CpuCounters.TOTAL_PARAMETERS;
        }
        return ncpus == 0 ? ids.size() : open.perCpuParameters();
    }

    /** A group that goes while its guest stays, as that of an unplugged vCPU, is one failure, not one for ever. */
    private int readAgain(
            IOException first, CpuIds ids, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus) {
        HypervisorException error = failure(first);
        if (closed) {
            throw error;
        }
        try {
            if (params != null) {
                params.clear(nparams * ncpus);
            }
            generation.next();
            return readOnce(ids, params, nparams, startCpu, ncpus);
        } catch (IOException again) {
            throw failure(again);
        }
    }

    private CpuCounters opened() throws IOException {
        if (closed) {
            throw gone();
        }
        if (liveness == null) {
            liveness = new Liveness(process.directory(), process.startTime());
        }
        if (!liveness.isAlive()) {
            close();
            throw gone();
        }
        if (counters == null) {
            counters = source.open(process.directory(), generation);
        }
        return counters;
    }

    /** A file that cannot be read any more is the guest's end, if the guest has ended. */
    private HypervisorException failure(IOException failed) {
        boolean ended = liveness == null ? process.hasEnded() : !liveness.isAlive();
        try {
            if (ended) {
                close();
                return gone();
            }
            closeCounters(); // the next call opens what is there then
        } catch (IOException unclosed) {
            failed.addSuppressed(unclosed);
        }
        return explained(failed);
    }

    private HypervisorException explained(IOException failed) {
        if (failed instanceof AccessDeniedException denied) {
            return HypervisorException.of(
                    ErrorCode.ACCESS_DENIED,
                    ORIGIN,
                    "no permission to read " + denied.getFile() + " for domain " + guest
                            + "; run as root or as a user who may read it",
                    failed);
        }
        String hint = failed instanceof NoSuchFileException
                ? " is not there; the guest runs, but not in this control group: was it moved? Look it up again"
                : "";
        return HypervisorException.of(
                ErrorCode.SYSTEM_ERROR,
                ORIGIN,
                "cannot read the CPU times of domain " + guest + ": " + failed.getMessage() + hint,
                failed);
    }

    private HypervisorException gone() {
        return HypervisorException.of(
                ErrorCode.NO_DOMAIN, ORIGIN, "domain " + guest + " has ended; look it up again for a new run");
    }

    /** Closes the files; later calls answer {@link ErrorCode#NO_DOMAIN}. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        closeCounters();
        if (liveness != null) {
            liveness.close();
            liveness = null;
        }
    }

    private void closeCounters() throws IOException {
        if (counters != null) {
            CpuCounters closing = counters;
            counters = null;
            closing.close();
        }
    }
}
