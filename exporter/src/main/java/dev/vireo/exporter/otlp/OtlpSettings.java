package dev.vireo.exporter.otlp;

import dev.vireo.exporter.files.SecretFile;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where samples are pushed to, how often, and what the receiver is told of their host. Immutable and thread-safe. */
public final class OtlpSettings {
    private static final int MILLIS_DIGITS = 3;

    private final URI endpoint;
    private final Duration interval;
    private final Duration timeout;
    private final String compression;
    private final Supplier<Map<String, String>> headers;
    private final @Nullable Credentials credentials;
    private final Map<String, String> resource;
    private final boolean hostCpus;
    private final List<Path> secrets;

    OtlpSettings(OtlpSettingsBuilder builder, URI endpoint, @Nullable Credentials credentials) {
        this.endpoint = endpoint;
        this.credentials = credentials;
        interval = builder.interval;
        timeout = builder.timeout;
        compression = builder.compression;
        headers = Objects.requireNonNull(builder.headers);
        resource = Map.copyOf(builder.resource);
        hostCpus = builder.hostCpus;
        secrets = builder.secrets();
    }

    /**
     * Begins to say where to push.
     *
     * @return a builder with nothing but defaults
     */
    public static OtlpSettingsBuilder builder() {
        return new OtlpSettingsBuilder();
    }

    /**
     * Returns where samples are pushed to.
     *
     * @return an address of http or https
     */
    public URI endpoint() {
        return endpoint;
    }

    /**
     * Returns the time from the begin of one push to that of the next.
     *
     * @return more than 0 and at most a day
     */
    public Duration interval() {
        return interval;
    }

    /**
     * Returns how long the receiver has to answer.
     *
     * @return more than 0 and at most a day
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Returns what is wrong and keeps nothing from being pushed: a file of headers or a key that every user of this host can
     * read.
     *
     * @return a line for each
     */
    public List<String> problems() {
        return secrets.stream()
                .map(SecretFile::readableByOthers)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns where samples are pushed to without what may be secret in it. */
    String shownEndpoint() {
        return Endpoint.shown(endpoint.toString());
    }

    String compression() {
        return compression;
    }

    Supplier<Map<String, String>> headers() {
        return headers;
    }

    @Nullable Credentials credentials() {
        return credentials;
    }

    Map<String, String> resource() {
        return resource;
    }

    boolean hostCpus() {
        return hostCpus;
    }

    @Override
    public String toString() {
        return "to " + shownEndpoint() + " each " + seconds(interval);
    }

    /** Returns a time as it is told of. */
    static String seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), MILLIS_DIGITS).stripTrailingZeros();
        return seconds.toPlainString() + " s";
    }
}
