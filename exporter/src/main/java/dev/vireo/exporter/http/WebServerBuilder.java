package dev.vireo.exporter.http;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what a {@link WebServer} serves, where, and to whom. Not thread-safe. */
public final class WebServerBuilder {
    ListenAddress address = ListenAddress.STANDARD;

    @Nullable TlsFiles tls;

    @Nullable Path users;

    boolean insecure;
    Duration lookEvery = Duration.ofSeconds(5);
    Limits limits = Limits.STANDARD;

    @Nullable PrometheusRegistry registry;

    @Nullable PageFiles page;

    final Map<String, JsonDocument> documents = new LinkedHashMap<>();
    final Map<String, EventSource> events = new LinkedHashMap<>();
    HealthCheck live = () -> null;
    HealthCheck ready = () -> null;

    WebServerBuilder() {}

    /** Listens at an address other than {@link ListenAddress#STANDARD}. */
    public WebServerBuilder listen(ListenAddress address) {
        this.address = Objects.requireNonNull(address, "address");
        return this;
    }

    /** Speaks TLS, and nothing else, with the certificate of these files; they are read again when they change. */
    public WebServerBuilder tls(TlsFiles files) {
        tls = Objects.requireNonNull(files, "files");
        return this;
    }

    /**
     * Answers only those who show a user and a password of this file, but for {@code /healthz} and {@code /readyz}.
     *
     * @param users a file as {@code htpasswd -B} writes it; it is read again when it changes
     */
    public WebServerBuilder authentication(Path users) {
        this.users = Objects.requireNonNull(users, "users");
        return this;
    }

    /**
     * Listens where other hosts can reach it, though nobody is asked who he is or passwords are readable on the way; and
     * answers whatever name it is asked by, on this host alone, too.
     */
    public WebServerBuilder insecure() {
        insecure = true;
        return this;
    }

    /** Looks whether files have changed as often as this, instead of each 5 seconds. */
    public WebServerBuilder lookForChangesEvery(Duration interval) {
        lookEvery = Objects.requireNonNull(interval, "interval");
        return this;
    }

    /** Serves what is registered here at {@code /metrics}. */
    public WebServerBuilder metrics(PrometheusRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
        return this;
    }

    /** Serves these files at {@code /NAME}, and {@code index.html} at {@code /}. */
    public WebServerBuilder page(PageFiles files) {
        page = Objects.requireNonNull(files, "files");
        return this;
    }

    /** Serves a JSON document at a path, which begins with a slash. */
    public WebServerBuilder json(String path, JsonDocument document) {
        documents.put(path(path), Objects.requireNonNull(document, "document"));
        return this;
    }

    /** Serves events at a path, which begins with a slash, to at most 50 clients of all such paths together. */
    public WebServerBuilder events(String path, EventSource source) {
        events.put(path(path), Objects.requireNonNull(source, "source"));
        return this;
    }

    /** Tells {@code /healthz} whether the process does its work; without this it does as long as it answers. */
    public WebServerBuilder live(HealthCheck check) {
        live = Objects.requireNonNull(check, "check");
        return this;
    }

    /** Tells {@code /readyz} whether there is something to serve; without this there is. */
    public WebServerBuilder ready(HealthCheck check) {
        ready = Objects.requireNonNull(check, "check");
        return this;
    }

    WebServerBuilder limits(Limits limits) {
        this.limits = limits;
        return this;
    }

    /**
     * Starts the server.
     *
     * @return the server, which answers already
     * @throws ServingException if a file cannot be used, the address cannot be listened on, or it can be reached from
     *     other hosts without TLS and authentication and {@link #insecure()} was not said
     */
    public WebServer start() throws ServingException {
        return WebServer.start(this);
    }

    private static String path(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("\"" + path + "\" does not begin with a slash");
        }
        return path;
    }
}
