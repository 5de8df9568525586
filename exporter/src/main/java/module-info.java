/** Serves the samples of {@code dev.vireo.monitor} to Prometheus, OpenTelemetry and a browser. */
module dev.vireo.exporter {
    requires transitive dev.vireo;
    requires transitive dev.vireo.monitor;
    requires static org.jspecify;

    exports dev.vireo.exporter;
}
