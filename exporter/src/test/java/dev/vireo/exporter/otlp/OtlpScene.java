package dev.vireo.exporter.otlp;

import dev.vireo.Connection;
import dev.vireo.Drivers;
import dev.vireo.OpenOptions;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.driver.test.ManualClock;
import dev.vireo.driver.test.TestDriver;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.exporter.ExporterHealth;
import dev.vireo.monitor.Sampler;
import dev.vireo.monitor.Snapshot;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Domains in memory, whose time the test moves, and a push of their snapshots to a receiver. */
final class OtlpScene implements AutoCloseable {
    static final Instant WALL_ZERO = Instant.parse("2026-11-26T12:00:00Z");

    final ManualClock clock = new ManualClock();
    final TestHypervisor hypervisor;
    final OtlpReceiver receiver = OtlpReceiver.start();
    final ExporterHealth health = new ExporterHealth();
    final List<String> log = new ArrayList<>();
    final OtlpPush push;
    private final Connection connection;
    private final Sampler sampler;
    private @Nullable Snapshot snapshot;

    OtlpScene(HypervisorConfiguration configuration, UnaryOperator<OtlpSettingsBuilder> how) throws IOException {
        hypervisor = new TestHypervisor(configuration, clock);
        connection = Drivers.none()
                .with(new TestDriver(hypervisor))
                .open("test:///default", OpenOptions.defaults().readWrite());
        sampler = Sampler.over(connection)
                .clock(clock)
                .wallClock(() -> WALL_ZERO.plusNanos(clock.getAsLong()))
                .build();
        OtlpSettings settings = how.apply(
                        OtlpSettings.builder().endpoint(receiver.url()).timeout(Duration.ofSeconds(20)))
                .build();
        push = new OtlpPush(() -> snapshot, settings, health, log::add);
    }

    static OtlpScene of(HypervisorConfiguration configuration) throws IOException {
        return new OtlpScene(configuration, settings -> settings);
    }

    /** Lets a second pass, and takes a sample. */
    Snapshot sample() {
        clock.advance(Duration.ofSeconds(1));
        try {
            Snapshot taken = sampler.sample();
            snapshot = taken;
            return taken;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    Snapshot sampleAndPush() {
        Snapshot taken = sample();
        pushAgain();
        return taken;
    }

    void pushAgain() {
        receiver.beginPush();
        push.push();
    }

    Snapshot snapshot() {
        return Objects.requireNonNull(snapshot);
    }

    long failures() {
        return health.failures().values().stream().mapToLong(Long::longValue).sum();
    }

    static Instant time(long epochNanos) {
        return Instant.EPOCH.plusNanos(epochNanos);
    }

    /** Returns an attribute as text, empty if the point has none of that name. */
    static String attribute(NumberDataPoint point, String name) {
        return point.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(KeyValue::getValue)
                .map(value -> value.hasStringValue() ? value.getStringValue() : Long.toString(value.getIntValue()))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        push.close();
        sampler.close();
        connection.close();
        receiver.close();
    }
}
