/** Serves the samples of {@code dev.vireo.monitor} to Prometheus, OpenTelemetry and a browser. */
module dev.vireo.exporter {
    requires transitive dev.vireo;
    requires transitive dev.vireo.monitor;
    requires transitive io.prometheus.metrics.model;
    requires io.prometheus.metrics.config;
    requires io.prometheus.metrics.exporter.httpserver;
    requires io.prometheus.metrics.exporter.common;
    requires java.logging;
    requires jdk.httpserver;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires bcrypt;
    requires static org.jspecify;

    exports dev.vireo.exporter;
    exports dev.vireo.exporter.http;
    exports dev.vireo.exporter.page;
    exports dev.vireo.exporter.prometheus;
}
