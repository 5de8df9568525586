package dev.vireo.exporter.http;

import io.prometheus.metrics.config.ExporterProperties;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Serves {@code /metrics} at one address. Thread-safe; it has threads of its own. */
public final class ExporterServer implements AutoCloseable {
    private final HTTPServer server;

    private ExporterServer(HTTPServer server) {
        this.server = server;
    }

    /**
     * Begins to listen.
     *
     * @param address where; port 0 is any that is free
     * @param collector makes what is scraped
     * @return a server that listens
     * @throws IOException if it cannot listen there
     */
    public static ExporterServer start(InetSocketAddress address, MultiCollector collector) throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(collector);
        return new ExporterServer(HTTPServer.builder(properties())
                .inetAddress(address.getAddress())
                .port(address.getPort())
                .registry(registry)
                .registerHealthHandler(false)
                .buildAndStart());
    }

    /** Counters that count since an attach say since when. */
    private static PrometheusProperties properties() {
        return PrometheusProperties.builder()
                .exporterProperties(ExporterProperties.builder()
                        .includeCreatedTimestamps(true)
                        .build())
                .build();
    }

    /**
     * Returns where it listens.
     *
     * @return the port
     */
    public int port() {
        return server.getPort();
    }

    /** Stops to listen. */
    @Override
    public void close() {
        server.close();
    }
}
