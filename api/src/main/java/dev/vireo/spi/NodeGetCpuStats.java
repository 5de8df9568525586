package dev.vireo.spi;

import dev.vireo.TypedParameters;
import org.jspecify.annotations.Nullable;

/** Implements {@link dev.vireo.Connection#getNodeCpuStats}. */
@FunctionalInterface
public interface NodeGetCpuStats {
    /**
     * Fills in the host's CPU times, or tells how many there are.
     *
     * @param cpu a CPU id, -1 for the sum of all; not looked at when there is nothing to fill
     * @param params what to fill, cleared; null to ask how many parameters there are
     * @param nparams how many to fill at most; 0 with null
     * @param flags 0
     * @return how many were filled, or how many there are
     * @throws dev.vireo.HypervisorException {@link dev.vireo.ErrorCode#INVALID_ARG} if there is no such CPU
     */
    int getCpuStats(int cpu, @Nullable TypedParameters params, int nparams, int flags);
}
