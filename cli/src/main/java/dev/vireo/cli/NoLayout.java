package dev.vireo.cli;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.TypedParameters;
import org.jspecify.annotations.Nullable;

/** Shows nothing: for a first reading, which is there to be compared with. */
final class NoLayout implements CpuStatsLayout {
    @Override
    public void begin() {}

    @Override
    public void beginCpus() {}

    @Override
    public void onlyAvailable(int cpus) {}

    @Override
    public void cpu(int cpu, TypedParameters params, int from, int count) {}

    @Override
    public void noCpuStats() {}

    @Override
    public void endCpus(@Nullable CpuStatsOrigin origin) {}

    @Override
    public void cpusUnavailable(String reason) {}

    @Override
    public void total(TypedParameters params, int count) {}

    @Override
    public void noTotalStats() {}

    @Override
    public void totalUnavailable(String reason) {}

    @Override
    public void end() {}
}
