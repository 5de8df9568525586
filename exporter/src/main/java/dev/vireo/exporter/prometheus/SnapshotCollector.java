package dev.vireo.exporter.prometheus;

import dev.vireo.Reading;
import dev.vireo.Subscription;
import dev.vireo.exporter.ExporterHealth;
import dev.vireo.exporter.Metric;
import dev.vireo.exporter.Readiness;
import dev.vireo.exporter.SnapshotFeed;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Snapshot;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the series of a scrape of a feed's snapshot: one of this moment, or the last where the hypervisor does not answer. What
 * is not known has no series; those of a domain that has gone are gone with it. Thread-safe.
 */
public final class SnapshotCollector implements MultiCollector, AutoCloseable {
    /** Two who scrape at the same time see the same; a rate over 15 s is off by less than 1 % for it. */
    private static final Duration YOUNG_ENOUGH = Duration.ofMillis(100);

    private record Row(DomainSample domain, RunLabels labels) {}

    private final SnapshotFeed feed;
    private final Readiness readiness;
    private final HostCpuChoice hostCpus;
    private final boolean withLibvirtNames;
    private final @Nullable Subscription busy;
    private IdentityHashMap<DomainRun, RunLabels> labels = new IdentityHashMap<>();

    /**
     * Makes a collector.
     *
     * @param feed where the snapshots come from
     * @param series which series of times per host CPU there are
     * @param nodes the host's, for {@link HostCpuSeries#NODE}
     * @param withLibvirtNames whether libvirt_exporter's names are there, too
     */
    public SnapshotCollector(SnapshotFeed feed, HostCpuSeries series, NumaNodes nodes, boolean withLibvirtNames) {
        this.feed = feed;
        readiness = new Readiness(feed);
        this.withLibvirtNames = withLibvirtNames;
        hostCpus = new HostCpuChoice(series, nodes, new BusyCpus());
        busy = series == HostCpuSeries.BUSY ? feed.listen(hostCpus.busy()) : null;
    }

    @Override
    public MetricSnapshots collect() {
        Snapshot snapshot = snapshot();
        Points points = new Points();
        if (snapshot != null) {
            Duration age = feed.age(snapshot);
            addSample(points, snapshot, addDomains(points, snapshot, age));
        }
        addHealth(points, readiness.isUp(snapshot));
        return points.build();
    }

    private @Nullable Snapshot snapshot() {
        try {
            return feed.fresh(YOUNG_ENOUGH);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return feed.latest();
        }
    }

    /** Adds all domains but those whose uuid another has, which would be the same series twice; returns how many these are. */
    private synchronized int addDomains(Points points, Snapshot snapshot, Duration age) {
        List<Row> rows = rows(snapshot);
        DomainPoints domains = new DomainPoints(points, hostCpus, withLibvirtNames, age);
        String last = "";
        int leftOut = 0;
        for (Row row : rows) {
            if (row.labels.uuidText().equals(last)) {
                leftOut++;
            } else {
                domains.add(row.domain, row.labels);
                last = row.labels.uuidText();
            }
        }
        return leftOut;
    }

    /** Returns the domains in the order of their series, in which they have to be written anyhow. */
    private List<Row> rows(Snapshot snapshot) {
        IdentityHashMap<DomainRun, RunLabels> next = new IdentityHashMap<>(snapshot.size());
        List<Row> rows = new ArrayList<>(snapshot.size());
        for (DomainSample domain : snapshot.domains()) {
            DomainRun run = domain.run();
            RunLabels known = labels.get(run);
            RunLabels own = known == null ? new RunLabels(run, snapshot.driverName()) : known;
            next.put(run, own);
            rows.add(new Row(domain, own));
        }
        labels = next;
        // drivers list in any order: of two under one uuid it has to be the same one each time
        rows.sort(Comparator.comparing((Row row) -> row.labels.uuidText())
                .thenComparingLong(row -> row.domain.run().number()));
        return rows;
    }

    private void addHealth(Points points, boolean isUp) {
        int up = isUp ? 1 : 0;
        points.gauge(Metric.VIREO_UP, Labels.EMPTY, up);
        if (withLibvirtNames) {
            points.gauge(Metric.LIBVIRT_UP, Labels.EMPTY, up);
        }
        Duration duration = feed.health().sampleDuration();
        if (duration != null) {
            points.gauge(Metric.VIREO_SAMPLE_DURATION, Labels.EMPTY, duration);
        }
        for (Map.Entry<ExporterHealth.Failure, Long> failure :
                feed.health().failures().entrySet()) {
            Labels what = Labels.of(
                    "operation",
                    failure.getKey().operation(),
                    "code",
                    failure.getKey().code().libvirtName());
            points.count(Metric.VIREO_ERRORS, what, failure.getValue());
        }
    }

    private void addSample(Points points, Snapshot snapshot, int leftOut) {
        points.gauge(Metric.VIREO_SAMPLE_AGE, Labels.EMPTY, readiness.age(snapshot));
        points.gauge(Metric.VIREO_DOMAINS, Labels.EMPTY, snapshot.size());
        points.gauge(Metric.VIREO_DOMAINS_LEFT_OUT, Labels.EMPTY, leftOut);
        if (withLibvirtNames) {
            points.gauge(Metric.LIBVIRT_DOMAINS, Labels.EMPTY, snapshot.size());
        }
        Reading cpus = snapshot.hostCpuCount();
        if (cpus.isAvailable()) {
            points.gauge(Metric.VIREO_HOST_CPUS, Labels.EMPTY, cpus.value());
        }
    }

    /** Ends its subscription to the feed. */
    @Override
    public void close() {
        if (busy != null) {
            busy.close();
        }
    }
}
