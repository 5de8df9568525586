package dev.vireo.exporter.otlp;

import dev.vireo.StatsGroup;
import dev.vireo.monitor.DomainSample;
import io.opentelemetry.api.common.Attributes;
import java.util.Map;
import java.util.Objects;

/**
 * A domain as a receiver knows it: its last reading, and for each group of its counters, which are read by calls of their own,
 * when that was by the clock on the wall, and since when they count.
 *
 * @param sample the reading
 * @param identity the attributes that tell its points from those of all others
 * @param epochNanos when each group was read
 * @param startEpochNanos since when each group counts
 */
record PushedDomain(
        DomainSample sample,
        Attributes identity,
        Map<StatsGroup, Long> epochNanos,
        Map<StatsGroup, Long> startEpochNanos) {
    long time(StatsGroup group) {
        return Objects.requireNonNull(epochNanos.get(group));
    }

    long start(StatsGroup group) {
        return Objects.requireNonNull(startEpochNanos.get(group));
    }
}
