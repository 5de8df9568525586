/** Serves samples to Prometheus: the metrics of {@link dev.vireo.exporter.Metric}, made of a feed's snapshots. */
@NullMarked
package dev.vireo.exporter.prometheus;

import org.jspecify.annotations.NullMarked;
