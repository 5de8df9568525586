package dev.vireo.exporter.prometheus;

import dev.vireo.Statistic;
import dev.vireo.monitor.DomainSample;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up the times per host CPU of one run of a domain by NUMA node. A sum in which a CPU is missing that was in it before would
 * be less than it was, and pass for a counter that began anew: there is none. Guarded by the collector.
 */
final class NodeSums {
    private final BitSet added = new BitSet();

    /** Returns the sums in nanoseconds by the nodes' names. */
    Map<String, Long> of(DomainSample domain, NumaNodes nodes) {
        Map<String, Long> sums = new TreeMap<>();
        BitSet missing = (BitSet) added.clone();
        for (int position = 0; position < domain.count(Statistic.HOST_CPU_TIME); position++) {
            int cpu = domain.index(Statistic.HOST_CPU_TIME, position);
            sums.merge(nodes.of(cpu), domain.nanosAt(Statistic.HOST_CPU_TIME, position), Long::sum);
            added.set(cpu);
            missing.clear(cpu);
        }
        missing.stream().forEach(cpu -> sums.remove(nodes.of(cpu)));
        return sums;
    }
}
