package dev.vireo.cli;

import dev.vireo.exporter.SnapshotFeed;
import dev.vireo.exporter.otlp.OtlpPush;
import dev.vireo.exporter.otlp.OtlpSettings;
import dev.vireo.exporter.otlp.OtlpSettingsBuilder;
import dev.vireo.exporter.prometheus.HostCpuSeries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What {@code vireo serve} pushes to a receiver of OTLP, if anybody has said where to. */
final class Pushing implements AutoCloseable {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final List<String> OPTIONS =
            List.of("--otlp-headers", "--otlp-interval", "--otlp-timeout", "--otlp-ca");

    private final Diagnostics diagnostics;
    private final @Nullable OtlpSettings settings;
    private final @Nullable OtlpPush push;

    private Pushing(Diagnostics diagnostics, @Nullable OtlpSettings settings, @Nullable OtlpPush push) {
        this.diagnostics = diagnostics;
        this.settings = settings;
        this.push = push;
    }

    /** Returns what options and OpenTelemetry's variables say, null if none says where to. */
    static @Nullable OtlpSettingsBuilder settings(Invocation invocation) {
        OtlpSettingsBuilder builder = OtlpSettings.builder();
        apply(invocation, "--otlp", invocation.text("--otlp"), builder::endpoint);
        try {
            builder.environment(System.getenv());
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(String.valueOf(wrong.getMessage()));
        }
        for (String option : OPTIONS) {
            if (invocation.has(option) && !builder.hasEndpoint()) {
                throw invocation.misuse(option + " is for --otlp URL, which is not there");
            }
        }
        if (!builder.hasEndpoint()) {
            return null;
        }
        if (invocation.has("--otlp-ca") && !builder.isOverTls()) {
            throw invocation.misuse("--otlp-ca is for a receiver at https://, and this one is at http://");
        }
        apply(
                invocation,
                "--otlp-headers",
                invocation.text("--otlp-headers"),
                file -> builder.headersFile(Path.of(file)));
        apply(invocation, "--otlp-ca", invocation.text("--otlp-ca"), file -> builder.authorities(Path.of(file)));
        if (invocation.has("--otlp-interval")) {
            builder.interval(WatchOptions.period(invocation, "--otlp-interval", SHORTEST));
        }
        if (invocation.has("--otlp-timeout")) {
            builder.timeout(WatchOptions.period(invocation, "--otlp-timeout", SHORTEST));
        }
        return builder.serviceVersion(ThoroughLine.version());
    }

    private static void apply(Invocation invocation, String option, @Nullable String value, Consumer<String> builder) {
        try {
            if (value != null) {
                builder.accept(value);
            }
        } catch (IllegalArgumentException wrong) {
            throw invocation.misuse(option, String.valueOf(wrong.getMessage()));
        }
    }

    /** Begins to push, if there are settings. */
    static Pushing start(
            Invocation invocation, @Nullable OtlpSettingsBuilder builder, HostCpuSeries series, SnapshotFeed feed) {
        Diagnostics diagnostics = invocation.diagnostics();
        if (builder == null) {
            return new Pushing(diagnostics, null, null);
        }
        OtlpSettings settings;
        try {
            settings = builder.hostCpus(series == HostCpuSeries.ALL).build();
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(String.valueOf(wrong.getMessage()));
        }
        OtlpPush push = OtlpPush.start(feed::latest, settings, feed.health(), diagnostics::remark);
        return new Pushing(diagnostics, settings, push);
    }

    /** Says where to, if anywhere, and which of its secrets others can read. */
    void remark() {
        if (settings != null) {
            diagnostics.remark("pushing " + settings);
            settings.problems().forEach(diagnostics::remark);
        }
    }

    @Override
    public void close() {
        if (push != null) {
            push.close();
        }
    }
}
