package dev.vireo.exporter.otlp;

import dev.vireo.StatsGroup;
import dev.vireo.monitor.DomainSample;
import java.util.Map;

/**
 * A domain as a receiver knows it: its last reading, when that was by the clock on the wall, and since when each group of its
 * counters counts.
 *
 * @param sample the reading
 * @param epochNanos when it was read
 * @param startEpochNanos for each group
 */
record PushedDomain(DomainSample sample, long epochNanos, Map<StatsGroup, Long> startEpochNanos) {
    long start(StatsGroup group) {
        return startEpochNanos.getOrDefault(group, epochNanos);
    }
}
