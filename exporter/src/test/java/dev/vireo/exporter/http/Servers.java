package dev.vireo.exporter.http;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** Makes servers for tests: on any free port of this host, with metrics of a chosen size. */
final class Servers {
    static final ListenAddress HERE = ListenAddress.parse("127.0.0.1:0");

    private Servers() {}

    static WebServerBuilder here() {
        return WebServer.builder().listen(HERE).metrics(metrics(1));
    }

    /** Returns a registry with a gauge of so many series, some 130 bytes each. */
    static PrometheusRegistry metrics(int series) {
        PrometheusRegistry registry = new PrometheusRegistry();
        MultiCollector collector = () -> {
            GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name("room");
            for (int i = 0; i < series; i++) {
                gauge.dataPoint(
                        new GaugeSnapshot.GaugeDataPointSnapshot(i, Labels.of("number", "x".repeat(100) + i), null));
            }
            return new MetricSnapshots(gauge.build());
        };
        registry.register(collector);
        return registry;
    }

    /** Returns the limits of the real server, with these two times. */
    static Limits limits(java.time.Duration requestTime, java.time.Duration answerTime) {
        Limits standard = Limits.STANDARD;
        return new Limits(
                standard.connections(),
                requestTime,
                standard.idleTime(),
                answerTime,
                standard.unreadBytes(),
                standard.eventStreams(),
                standard.unreadEvents(),
                standard.heartbeat());
    }
}
