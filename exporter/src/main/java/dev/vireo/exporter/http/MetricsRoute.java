package dev.vireo.exporter.http;

import io.prometheus.metrics.config.ExporterProperties;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.exporter.common.PrometheusScrapeHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers scrapes: in the format and encoding that are asked for, of the names that are asked for ({@code ?name[]=}). */
final class MetricsRoute implements Route {
    private static final Refusal BUSY = Refusal.later("too many scrapes at once", 1);

    private final PrometheusScrapeHandler handler;
    private final Admission rendering = new Admission(4, 12, Duration.ofSeconds(10));

    MetricsRoute(PrometheusRegistry registry) {
        handler = new PrometheusScrapeHandler(properties(), registry);
    }

    /** Counters that count since an attach say since when. */
    private static PrometheusProperties properties() {
        return PrometheusProperties.builder()
                .exporterProperties(ExporterProperties.builder()
                        .includeCreatedTimestamps(true)
                        .build())
                .build();
    }

    @Override
    public void answer(Request request, Response response, Callback callback) throws IOException, InterruptedException {
        if (!rendering.enter()) {
            Answer.refuse(response, callback, BUSY);
            return;
        }
        byte[] body;
        try {
            ScrapeExchange exchange = new ScrapeExchange(request, response);
            handler.handleRequest(exchange);
            body = exchange.body();
        } finally {
            rendering.leave();
        }
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(HttpHeader.VARY, "Accept, Accept-Encoding");
        if (!HttpMethod.HEAD.is(request.getMethod())) {
            headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
