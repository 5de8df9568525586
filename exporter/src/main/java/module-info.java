/** Serves the samples of {@code dev.vireo.monitor} to Prometheus, OpenTelemetry and a browser. */
module dev.vireo.exporter {
    requires transitive dev.vireo;
    requires transitive dev.vireo.monitor;
    requires transitive io.prometheus.metrics.model;
    requires io.prometheus.metrics.config;
    requires io.prometheus.metrics.exporter.common;
    requires java.logging;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires com.fasterxml.jackson.core;
    requires bcrypt;
    requires static org.jspecify;
    requires io.opentelemetry.api;
    requires io.opentelemetry.exporter.internal;
    requires io.opentelemetry.exporter.otlp;
    requires io.opentelemetry.sdk;
    requires io.opentelemetry.sdk.common;
    requires io.opentelemetry.sdk.metrics;
    requires java.net.http;

    exports dev.vireo.exporter;
    exports dev.vireo.exporter.http;
    exports dev.vireo.exporter.page;
    exports dev.vireo.exporter.otlp;
    exports dev.vireo.exporter.prometheus;
}
