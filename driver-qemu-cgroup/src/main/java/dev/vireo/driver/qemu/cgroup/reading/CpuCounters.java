package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The CPU time counters of one guest, kept open. Not thread-safe: {@link GuestCounters} guards them.
 *
 * <p>An {@link IOException} names the file. It says that the counters cannot be read any more; why is for the caller to
 * find out.
 */
interface CpuCounters extends AutoCloseable {
    /** Reads the totals; user and system time only where they are asked for. */
    void readTotal(Workspace space, boolean withParts) throws IOException;

    /** Says where the totals come from. */
    CpuStatsOrigin totalOrigin();

    /** Returns why there are no times per CPU, null if there are. */
    @Nullable String perCpuUnavailable();

    /** Returns how many statistics one CPU has: 1, or 2 with those of the vCPUs. */
    int perCpuParameters(long now) throws IOException;

    /** Reads the times per CPU; called only where there are any. */
    void readPerCpu(Workspace space, CpuIds ids) throws IOException;

    /** Says where the times per CPU come from. */
    CpuStatsOrigin perCpuOrigin();

    @Override
    void close();
}
