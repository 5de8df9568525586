package dev.vireo.exporter.http;

import io.prometheus.metrics.exporter.common.PrometheusHttpExchange;
import io.prometheus.metrics.exporter.common.PrometheusHttpRequest;
import io.prometheus.metrics.exporter.common.PrometheusHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** Lets client_java's scrape handler answer into memory, so that its thread does not wait for the client. */
final class ScrapeExchange implements PrometheusHttpExchange, PrometheusHttpRequest, PrometheusHttpResponse {
    // By what client_java itself knows them; the last three are answered with the text format.
    private static final List<String> FORMATS = List.of(
            "proto=io.prometheus.client.MetricFamily", "application/openmetrics-text", "text/plain", "text/*", "*/*");

    private final Request request;
    private final Response response;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    ScrapeExchange(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    byte[] body() {
        return body.toByteArray();
    }

    @Override
    public PrometheusHttpRequest getRequest() {
        return this;
    }

    @Override
    public PrometheusHttpResponse getResponse() {
        return this;
    }

    @Override
    public @Nullable String getQueryString() {
        return request.getHttpURI().getQuery();
    }

    /** Returns the names that are asked for, and nothing else: client_java would repeat a {@code debug} that it does not know. */
    @Override
    public String @Nullable [] getParameterValues(String name) {
        return name.equals("name[]") ? PrometheusHttpRequest.super.getParameterValues(name) : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(
                HttpHeader.ACCEPT.is(name) ? accepted() : request.getHeaders().getValuesList(name));
    }

    /** Returns which format the client likes best, or nothing; client_java itself minds no qualities. */
    private List<String> accepted() {
        return request.getHeaders().getQualityCSV(HttpHeader.ACCEPT).stream()
                .filter(type -> FORMATS.stream().anyMatch(type::contains))
                .limit(1)
                .toList();
    }

    @Override
    public String getMethod() {
        return request.getMethod();
    }

    @Override
    public String getRequestPath() {
        return Request.getPathInContext(request);
    }

    @Override
    public void setHeader(String name, String value) {
        response.getHeaders().put(name, value);
    }

    @Override
    public OutputStream sendHeadersAndGetBody(int status, int length) {
        response.setStatus(status);
        return body;
    }

    @Override
    public void handleException(IOException failure) throws IOException {
        throw failure;
    }

    @Override
    public void handleException(RuntimeException failure) {
        throw failure;
    }

    @Override
    public void close() {}
}
