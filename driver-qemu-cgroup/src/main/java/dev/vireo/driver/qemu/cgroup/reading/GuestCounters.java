package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One guest's counters, opened at the first call and shared by all threads: a lock for each guest, so that readers of
 * different guests never meet. Never waits on the guest itself.
 */
public final class GuestCounters implements AutoCloseable {
    static final String ORIGIN = "QEMU-cgroup";
    static final String WHOLE_GROUP =
            "all that is in the guest's control group: vCPU threads, emulator, I/O threads and helper processes";

    private final Path process;
    private final CounterSource source;
    private final String guest;
    private @Nullable Liveness liveness;
    private @Nullable CpuCounters counters;
    private boolean closed;

    /**
     * Makes counters that are not open yet.
     *
     * @param process the guest's directory below {@code /proc}
     * @param source what its CPU time is to be read from
     * @param guest how errors call it
     */
    public GuestCounters(Path process, CounterSource source, String guest) {
        this.process = process;
        this.source = source;
        this.guest = guest;
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

    /**
     * Tells whether the guest still runs.
     *
     * @return false once its process has ended
     */
    public synchronized boolean isAlive() {
        try {
            opened();
            return true;
        } catch (IOException unreadable) {
            return liveness != null && liveness.isAlive();
        } catch (HypervisorException gone) {
            return false;
        }
    }

    private CpuCounters opened() throws IOException {
        if (closed) {
            throw gone();
        }
        if (liveness == null) {
            liveness = new Liveness(process);
        }
        if (!liveness.isAlive()) {
            close();
            throw gone();
        }
        if (counters == null) {
            counters = source.open(process);
        }
        return counters;
    }

    /** A file that cannot be read any more is the guest's end, if the guest has ended. */
    private HypervisorException failure(IOException failed) {
        boolean alive = liveness != null && liveness.isAlive();
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
        String hint = notOpened && Files.exists(process)
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
