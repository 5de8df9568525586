package dev.vireo.exporter.prometheus;

import dev.vireo.exporter.Metric;
import dev.vireo.exporter.Seconds;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The series of one scrape, metric by metric. Not thread-safe. */
final class Points {
    /** A counter that does not say since when it counts. */
    static final long NOT_CREATED = 0;

    private static final Map<Metric, MetricMetadata> METADATA = new EnumMap<>(Metric.class);

    static {
        for (Metric metric : Metric.values()) {
            METADATA.put(metric, metadata(metric));
        }
    }

    private final Map<Metric, List<CounterDataPointSnapshot>> counters = new EnumMap<>(Metric.class);
    private final Map<Metric, List<GaugeDataPointSnapshot>> gauges = new EnumMap<>(Metric.class);
    private final Map<Metric, List<InfoDataPointSnapshot>> infos = new EnumMap<>(Metric.class);

    private static MetricMetadata metadata(Metric metric) {
        return metric.kind().isSeconds()
                ? new MetricMetadata(metric.familyName(), metric.help(), Unit.SECONDS)
                : new MetricMetadata(metric.familyName(), metric.help());
    }

    private static <T> List<T> of(Map<Metric, List<T>> lists, Metric metric) {
        return lists.computeIfAbsent(metric, first -> new ArrayList<>());
    }

    /** Adds a counter of seconds, from unsigned nanoseconds. */
    void nanos(Metric metric, Labels labels, long nanos, long createdMillis) {
        counter(metric, labels, Seconds.ofNanos(nanos), createdMillis);
    }

    void count(Metric metric, Labels labels, long count) {
        counter(metric, labels, (double) count, NOT_CREATED);
    }

    private void counter(Metric metric, Labels labels, double value, long createdMillis) {
        // the null is an exemplar
        of(counters, metric).add(new CounterDataPointSnapshot(value, labels, null, createdMillis));
    }

    void gauge(Metric metric, Labels labels, long value) {
        gauge(metric, labels, (double) value);
    }

    void gauge(Metric metric, Labels labels, Duration value) {
        gauge(metric, labels, Seconds.ofNanos(value.toNanos()));
    }

    private void gauge(Metric metric, Labels labels, double value) {
        of(gauges, metric).add(new GaugeDataPointSnapshot(value, labels, null));
    }

    void info(Metric metric, Labels labels) {
        of(infos, metric).add(new InfoDataPointSnapshot(labels));
    }

    MetricSnapshots build() {
        List<MetricSnapshot> families = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            MetricMetadata metadata = METADATA.get(metric);
            List<CounterDataPointSnapshot> ofCounter = counters.get(metric);
            List<GaugeDataPointSnapshot> ofGauge = gauges.get(metric);
            List<InfoDataPointSnapshot> ofInfo = infos.get(metric);
            if (ofCounter != null) {
                families.add(new CounterSnapshot(metadata, ofCounter));
            } else if (ofGauge != null) {
                families.add(new GaugeSnapshot(metadata, ofGauge));
            } else if (ofInfo != null) {
                families.add(new InfoSnapshot(metadata, ofInfo));
            }
        }
        return new MetricSnapshots(families);
    }
}
