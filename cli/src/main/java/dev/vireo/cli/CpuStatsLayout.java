package dev.vireo.cli;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.TypedParameters;
import org.jspecify.annotations.Nullable;

/** Takes CPU statistics as they are read and lays them out, as text or as JSON. */
interface CpuStatsLayout {
    void begin();

    /** Begins the CPUs; called again if what was laid out of them has to be forgotten. */
    void beginCpus();

    /** Says that fewer CPU ids were asked for than there are. */
    void onlyAvailable(int cpus);

    /** Lays out one CPU, whose parameters begin at {@code from}. */
    void cpu(int cpu, TypedParameters params, int from, int count);

    /** Says that the driver has no statistics of single CPUs, which is no failure. */
    void noCpuStats();

    void endCpus(@Nullable CpuStatsOrigin origin);

    /** Says why there are no CPUs, in the place of what was laid out of them. */
    void cpusUnavailable(String reason);

    /** Lays out the total: the first {@code count} parameters. */
    void total(TypedParameters params, int count);

    /** Says that the driver has no statistics of the whole, which is no failure. */
    void noTotalStats();

    void totalUnavailable(String reason);

    void end();
}
