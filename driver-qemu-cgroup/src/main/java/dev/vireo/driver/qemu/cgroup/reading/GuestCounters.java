package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.FileNotFoundException;
import java.io.IOException;
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
    private long generation;
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
            generation++;
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
            CpuCounters open = opened();
            if (params == null) {
                return startCpu == -1
                        ? CpuCounters.TOTAL_PARAMETERS
                        : ncpus == 0 ? ids.size() : open.perCpuParameters();
            }
            return startCpu == -1
                    ? open.readTotal(params, nparams)
                    : open.readPerCpu(ids, params, nparams, startCpu, ncpus);
        } catch (IOException failed) {
            throw failure(failed);
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
        boolean alive = liveness == null ? process.mayRun() : liveness.isAlive();
        try {
            if (!alive) {
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
        boolean notOpened = failed instanceof FileNotFoundException || failed instanceof NoSuchFileException;
        String message = String.valueOf(failed.getMessage());
        if (notOpened && message.contains("Permission denied")) {
            return HypervisorException.of(
                    ErrorCode.ACCESS_DENIED,
                    ORIGIN,
                    "no permission to read " + message + " for domain " + guest
                            + "; run as root or as a user who may read it",
                    failed);
        }
        String hint = notOpened && process.mayRun()
                ? "; the guest runs, but its control group is not there: was it moved? Look it up again"
                : "";
        return HypervisorException.of(
                ErrorCode.SYSTEM_ERROR,
                ORIGIN,
                "cannot read the CPU times of domain " + guest + ": " + message + hint,
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
