/** Serves the samples of {@code dev.vireo.monitor} to Prometheus, OpenTelemetry and a browser. */
module dev.vireo.exporter {
    requires transitive dev.vireo;
    requires transitive dev.vireo.monitor;
    requires transitive io.prometheus.metrics.model;
    requires io.prometheus.metrics.config;
    requires io.prometheus.metrics.exporter.httpserver;
    requires jdk.httpserver;
    requires static org.jspecify;

    exports dev.vireo.exporter;
    exports dev.vireo.exporter.http;
    exports dev.vireo.exporter.prometheus;
}
