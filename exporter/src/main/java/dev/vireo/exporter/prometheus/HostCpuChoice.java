package dev.vireo.exporter.prometheus;

import dev.vireo.monitor.DomainRun;
import java.util.Objects;

/**
 * Which series of times per host CPU there are, and what it takes to choose them.
 *
 * @param series which
 * @param nodes for {@link HostCpuSeries#NODE}
 * @param busy for {@link HostCpuSeries#BUSY}
 */
record HostCpuChoice(HostCpuSeries series, NumaNodes nodes, BusyCpus busy) {
    HostCpuChoice {
        Objects.requireNonNull(series, "series");
    }

    boolean hasSeries(DomainRun run, int cpu) {
        return series == HostCpuSeries.ALL || busy.isBusy(run, cpu);
    }
}
