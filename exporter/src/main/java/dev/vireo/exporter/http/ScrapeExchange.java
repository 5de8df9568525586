package dev.vireo.exporter.http;

import io.prometheus.metrics.exporter.common.PrometheusHttpExchange;
import io.prometheus.metrics.exporter.common.PrometheusHttpRequest;
import io.prometheus.metrics.exporter.common.PrometheusHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Enumeration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** Lets client_java's scrape handler answer into memory, so that its thread does not wait for the client. */
final class ScrapeExchange implements PrometheusHttpExchange, PrometheusHttpRequest, PrometheusHttpResponse {
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
        return Collections.enumeration(request.getHeaders().getValuesList(name));
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
