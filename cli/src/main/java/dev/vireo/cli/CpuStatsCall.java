package dev.vireo.cli;

import dev.vireo.TypedParameters;
import org.jspecify.annotations.Nullable;

/** {@link dev.vireo.Domain#getCpuStats} without flags, of a domain or of what stands for it. */
interface CpuStatsCall {
    int get(@Nullable TypedParameters params, int nparams, int startCpu, int ncpus);
}
