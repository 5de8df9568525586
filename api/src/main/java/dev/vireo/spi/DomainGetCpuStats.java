package dev.vireo.spi;

import dev.vireo.DomainRef;
import dev.vireo.TypedParameters;
import org.jspecify.annotations.Nullable;

/** Implements {@link dev.vireo.Domain#getCpuStats}, whose tables hold. */
@FunctionalInterface
public interface DomainGetCpuStats {
    /**
     * Fills in a domain's CPU times, or tells how many there are. Called with checked arguments and cleared entries.
     *
     * <p>The entries of CPU {@code startCpu + c} begin at {@code c * nparams}. A CPU id without a CPU, and CPUs past the
     * last, stay as they are. Questions are answered also where this host cannot tell the times of a CPU: as if it could. In
     * the steady state nothing is allocated.
     *
     * @param domain the session's own object
     * @param params what to fill, null to ask how many there are
     * @param nparams how many to fill for each CPU at most, 0 with null, at most 16
     * @param startCpu the first CPU, -1 for the totals
     * @param ncpus how many CPUs, at most 128
     * @param flags 0
     * @return how many entries were filled for each CPU; for a question, the answer
     * @throws dev.vireo.HypervisorException {@link dev.vireo.ErrorCode#NO_DOMAIN} if this run has ended,
     *     {@link dev.vireo.ErrorCode#OPERATION_INVALID} if the domain is not running,
     *     {@link dev.vireo.ErrorCode#INVALID_ARG} if {@code startCpu} is past the last CPU and there is something to
     *     fill, {@link dev.vireo.ErrorCode#OPERATION_UNSUPPORTED} if this host cannot tell
     */
    int getCpuStats(
            DomainRef domain, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus, int flags);
}
