package dev.vireo.exporter.page;

import dev.vireo.Statistic;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Snapshot;
import java.util.BitSet;

/** Tells on which host CPUs any domain of a snapshot has times. */
final class HostCpuIds {
    private HostCpuIds() {}

    /** Returns the ids in ascending order, none twice. */
    static int[] of(Snapshot snapshot) {
        BitSet ids = new BitSet();
        for (DomainSample domain : snapshot.domains()) {
            for (int position = 0; position < domain.count(Statistic.HOST_CPU_TIME); position++) {
                ids.set(domain.index(Statistic.HOST_CPU_TIME, position));
            }
        }
        return ids.stream().toArray();
    }
}
