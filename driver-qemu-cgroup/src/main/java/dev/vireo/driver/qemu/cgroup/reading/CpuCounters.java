package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The CPU time counters of one guest, kept open. Not thread-safe: guarded by the guest's lock.
 *
 * <p>An {@link IOException} names the file. It says that the counters cannot be read any more; why is for the caller to
 * find out.
 */
interface CpuCounters extends AutoCloseable {
    /** Reads the totals; user and system time only where they are asked for. */
    void readTotal(Workspace space, boolean withParts) throws IOException;

    /** Says where the totals come from. */
    CpuStatsOrigin totalOrigin();

    /** Returns how many statistics one CPU has: 1, or 2 with those of the vCPUs. */
    int perCpuParameters(long now) throws IOException;

    /** Reads the times per CPU; returns why there are none, null if there are. */
    @Nullable String readPerCpu(Workspace space, CpuIds ids) throws IOException;

    /** Tells whether it is certain without asking that the guest ran while its times per CPU were read. */
    default boolean isSurelyAlive() {
        return false;
    }

    /** Has the guest counted from now on where that takes somebody to ask for it. */
    default void watch(Workspace space) throws IOException {}

    /** Tells whether what counted the times per CPU was ended. */
    default boolean isCutOff() {
        return false;
    }

    /** Says where the times per CPU come from; called only where they have been read. */
    CpuStatsOrigin perCpuOrigin();

    @Override
    void close();
}
