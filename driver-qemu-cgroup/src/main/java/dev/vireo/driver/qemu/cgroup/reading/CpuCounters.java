package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;

/**
 * The CPU time counters of one guest, kept open. Not thread-safe: {@link GuestCounters} guards them.
 *
 * <p>An {@link IOException} names the file. It says that the counters cannot be read any more; why is for the caller to
 * find out.
 */
interface CpuCounters extends AutoCloseable {
    /** The statistics of a total: {@code cpu_time}, {@code user_time}, {@code system_time}. */
    int TOTAL_PARAMETERS = 3;

    /** Fills the totals and returns how many. */
    int readTotal(TypedParameters params, int nparams) throws IOException;

    /**
     * Returns how many statistics one CPU has.
     *
     * @throws HypervisorException OPERATION_UNSUPPORTED, with the reason, if there are none
     */
    int perCpuParameters() throws IOException;

    /**
     * Fills the entries of the present CPUs among {@code startCpu}…{@code startCpu + ncpus - 1}; returns how many each.
     *
     * @throws HypervisorException OPERATION_UNSUPPORTED, with the reason, if there are none
     */
    int readPerCpu(CpuIds ids, TypedParameters params, int nparams, int startCpu, int ncpus) throws IOException;

    @Override
    void close() throws IOException;

    /** Fills the first ones of three totals. */
    static int fillTotal(TypedParameters params, int nparams, long cpu, long user, long system) {
        params.setUnsignedLong(0, "cpu_time", cpu);
        if (nparams > 1) {
            params.setUnsignedLong(1, "user_time", user);
        }
        if (nparams > 2) {
            params.setUnsignedLong(2, "system_time", system);
        }
        return Math.min(nparams, TOTAL_PARAMETERS);
    }
}
