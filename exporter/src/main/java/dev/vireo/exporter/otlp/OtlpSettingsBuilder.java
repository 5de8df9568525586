package dev.vireo.exporter.otlp;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link OtlpSettings}. What is set later wins: set where to push first, if a user says so on the command line, then
 * {@linkplain #environment OpenTelemetry's variables}, and after them what else the user says. Not thread-safe.
 */
public final class OtlpSettingsBuilder {
    /** OpenTelemetry's is a minute, which is long where guests come and go. */
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONGEST = Duration.ofDays(1);

    final Map<String, String> resource = new LinkedHashMap<>();
    Duration interval = INTERVAL;
    Duration timeout = TIMEOUT;
    String compression = "gzip";
    Supplier<Map<String, String>> headers = Map::of;
    boolean hostCpus = true;
    private @Nullable URI endpoint;
    private @Nullable Path headersFile;
    private @Nullable Path authorities;
    private @Nullable Path clientKey;
    private @Nullable Path clientCertificate;

    OtlpSettingsBuilder() {
        resource.put("service.name", "vireo");
    }

    /**
     * Takes over OpenTelemetry's own variables, if the endpoint is set already, which then stays, or one of them says where to
     * push; otherwise they are not looked at. They are {@code OTEL_EXPORTER_OTLP_ENDPOINT}, {@code _HEADERS}, {@code _TIMEOUT},
     * {@code _COMPRESSION}, {@code _CERTIFICATE}, {@code _CLIENT_KEY}, {@code _CLIENT_CERTIFICATE} and {@code _PROTOCOL}, each
     * also as {@code OTEL_EXPORTER_OTLP_METRICS_…}, which wins; {@code OTEL_METRIC_EXPORT_INTERVAL}, {@code OTEL_SERVICE_NAME},
     * {@code OTEL_RESOURCE_ATTRIBUTES}, and {@code OTEL_METRICS_EXPORTER}, without {@code otlp} in which no endpoint is taken.
     *
     * @param variables the environment; others are ignored, and so are empty ones
     * @return this builder
     * @throws IllegalArgumentException if one of them is wrong, with its name
     */
    public OtlpSettingsBuilder environment(Map<String, String> variables) {
        new OtlpVariables(variables).applyTo(this);
        return this;
    }

    /**
     * Sets where to push.
     *
     * @param url an address of http or https; {@code /v1/metrics} is added if it has no path. Its query goes with each push, and
     *     is not shown
     * @return this builder
     * @throws IllegalArgumentException if it is no such address, or has a name and a password in it
     */
    public OtlpSettingsBuilder endpoint(String url) {
        endpoint = Endpoint.parse(url);
        return this;
    }

    /**
     * Sets a file of HTTP headers that go with each push, one a line: {@code Authorization: Bearer …}. It is read again for each
     * push, so that tokens can be replaced.
     *
     * @param file the file
     * @return this builder
     * @throws IllegalArgumentException if it cannot be read, or a line is no header; its value is not told
     */
    public OtlpSettingsBuilder headersFile(Path file) {
        HeaderFile headerFile = new HeaderFile(file);
        headerFile.get();
        headers = headerFile;
        headersFile = file;
        return this;
    }

    /**
     * Sets the time from the begin of one push to that of the next.
     *
     * @param time more than 0 and at most a day; 15 s if it is not set
     * @return this builder
     * @throws IllegalArgumentException if it is something else
     */
    public OtlpSettingsBuilder interval(Duration time) {
        interval = require(time, "interval");
        return this;
    }

    /**
     * Sets how long the receiver has to answer.
     *
     * @param time more than 0 and at most a day; 10 s if it is not set
     * @return this builder
     * @throws IllegalArgumentException if it is something else
     */
    public OtlpSettingsBuilder timeout(Duration time) {
        timeout = require(time, "timeout");
        return this;
    }

    /**
     * Sets whom to trust.
     *
     * @param pemFile certificates of authorities; without it, those that Java trusts. Not looked at without TLS
     * @return this builder
     */
    public OtlpSettingsBuilder authorities(Path pemFile) {
        authorities = Objects.requireNonNull(pemFile, "pemFile");
        return this;
    }

    /**
     * Says which version of the command this is.
     *
     * @param version what the receiver sees as {@code service.version}
     * @return this builder
     */
    public OtlpSettingsBuilder serviceVersion(String version) {
        resource.putIfAbsent("service.version", version);
        return this;
    }

    /**
     * Says which host the domains run on. What {@code OTEL_RESOURCE_ATTRIBUTES} says of it stays.
     *
     * @param host what is known of it
     * @return this builder
     */
    public OtlpSettingsBuilder host(HostIdentity host) {
        host.id().ifPresent(id -> resource.putIfAbsent("host.id", id));
        host.name().ifPresent(name -> resource.putIfAbsent("host.name", name));
        return this;
    }

    /**
     * Says whether the times per host CPU are pushed, too, which are the most.
     *
     * @param wanted true if it is not set
     * @return this builder
     */
    public OtlpSettingsBuilder hostCpus(boolean wanted) {
        hostCpus = wanted;
        return this;
    }

    /**
     * Tells whether anybody has said where to push.
     *
     * @return whether {@link #build()} works
     */
    public boolean hasEndpoint() {
        return endpoint != null;
    }

    /**
     * Tells whether pushes go over TLS, without which certificates and keys are not looked at.
     *
     * @return whether the endpoint is one of https
     */
    public boolean isOverTls() {
        return endpoint != null && "https".equalsIgnoreCase(endpoint.getScheme());
    }

    /**
     * Makes the settings, and reads the files of certificates.
     *
     * @return immutable settings
     * @throws IllegalStateException if there is no endpoint
     * @throws IllegalArgumentException if a file of certificates cannot be read, or holds something else
     */
    public OtlpSettings build() {
        if (endpoint == null) {
            throw new IllegalStateException("nobody has said where to push to");
        }
        Credentials credentials = isOverTls() ? Credentials.read(authorities, clientKey, clientCertificate) : null;
        return new OtlpSettings(this, endpoint, credentials);
    }

    /** Returns the files that nobody else is to read. */
    List<Path> secrets() {
        return Stream.concat(Stream.ofNullable(headersFile), Stream.ofNullable(isOverTls() ? clientKey : null))
                .toList();
    }

    void endpoint(URI uri) {
        endpoint = uri;
    }

    void compression(String method) {
        if (!method.equals("gzip") && !method.equals("none")) {
            throw new IllegalArgumentException("'" + method + "' is neither gzip nor none");
        }
        compression = method;
    }

    void clientKey(Path pemFile) {
        clientKey = pemFile;
    }

    void clientCertificate(Path pemFile) {
        clientCertificate = pemFile;
    }

    private static Duration require(Duration time, String what) {
        if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the " + what + " of pushes is more than 0 and at most a day, not " + time);
        }
        return time;
    }
}
