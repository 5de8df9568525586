package dev.vireo.exporter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.driver.test.ManualClock;
import dev.vireo.exporter.FeedOnManualClock;
import dev.vireo.exporter.SnapshotFeed;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotBuilder;
import dev.vireo.monitor.SnapshotSource;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of snapshots as a driver gives them, whose order or lack of numbers no hypervisor in memory has. */
@Timeout(60)
class BuiltSnapshotsTest {
    private static final long NONE = -1;
    private static final UUID ID = new UUID(1, 2);
    private static final DomainRun WEB = new DomainRun(ID, 7, "web", Instant.EPOCH, 1);
    private static final DomainRun COPY = new DomainRun(ID, 8, "copy", Instant.EPOCH, 2);

    private final ManualClock clock = new ManualClock();
    private volatile Consumer<SnapshotBuilder> next = builder -> {};
    private final SnapshotFeed feed = FeedOnManualClock.start(
            new SnapshotSource() {
                @Override
                public Snapshot next() {
                    SnapshotBuilder builder = new SnapshotBuilder();
                    next.accept(builder);
                    return builder.build(clock.getAsLong(), Instant.EPOCH, "test", Reading.of(4));
                }

                @Override
                public void close() {}
            },
            clock);

    @AfterEach
    void close() {
        feed.close();
    }

    private List<String> scrape(SnapshotCollector collector, Consumer<SnapshotBuilder> domains) throws IOException {
        next = domains;
        clock.advance(Duration.ofSeconds(1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.builder()
                .build()
                .write(out, collector.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void web(SnapshotBuilder builder) {
        builder.domain(WEB, DomainState.RUNNING, clock.getAsLong()).value(Statistic.CPU_TIME, 0, 5_000_000_000L);
    }

    private void copy(SnapshotBuilder builder) {
        builder.domain(COPY, DomainState.RUNNING, clock.getAsLong()).value(Statistic.CPU_TIME, 0, 3_000_000_000L);
    }

    @Test
    void ofTwoDomainsUnderOneUuidTheFirstThatRanIsServedInWhateverOrderTheyAreListed() throws IOException {
        try (SnapshotCollector collector = new SnapshotCollector(feed, HostCpuSeries.NONE, NumaNodes.none(), false)) {
            for (Consumer<SnapshotBuilder> order : List.<Consumer<SnapshotBuilder>>of(
                    builder -> {
                        web(builder);
                        copy(builder);
                    },
                    builder -> {
                        copy(builder);
                        web(builder);
                    })) {
                List<String> scrape = scrape(collector, order);
                assertEquals(
                        List.of("vm_cpu_seconds_total{uuid=\"" + ID + "\"} 5.0"),
                        Served.of("vm_cpu_seconds_total", scrape));
                assertTrue(scrape.contains("vireo_domains_left_out 1.0"), scrape::toString);
            }
        }
    }

    private Consumer<SnapshotBuilder> cpus(long... seconds) {
        return builder -> {
            builder.domain(WEB, DomainState.RUNNING, clock.getAsLong());
            for (int cpu = 0; cpu < seconds.length; cpu++) {
                if (seconds[cpu] >= 0) {
                    builder.value(Statistic.HOST_CPU_TIME, cpu, TimeUnit.SECONDS.toNanos(seconds[cpu]));
                }
            }
        };
    }

    private static String node(int node, long seconds) {
        return "vm_host_node_seconds_total{node=\"" + node + "\",uuid=\"" + ID + "\"} " + seconds + ".0";
    }

    private List<String> nodes(SnapshotCollector collector, long... seconds) throws IOException {
        return Served.of("vm_host_node_seconds_total", scrape(collector, cpus(seconds)));
    }

    @Test
    void aNodeOneOfWhoseCpusHasNoNumberThisTimeHasNoSum(@TempDir Path sysfs) throws IOException {
        for (int node = 0; node < 2; node++) {
            Path directory = sysfs.resolve("devices/system/node/node" + node);
            Files.createDirectories(directory.resolve("cpu" + 2 * node));
            Files.createDirectories(directory.resolve("cpu" + (2 * node + 1)));
        }
        NumaNodes nodes = NumaNodes.read(sysfs);
        try (SnapshotCollector collector = new SnapshotCollector(feed, HostCpuSeries.NODE, nodes, false)) {
            assertEquals(List.of(node(0, 30), node(1, 5)), nodes(collector, 10, 20, 5, NONE));
            assertEquals(List.of(node(1, 6)), nodes(collector, 11, NONE, 6, NONE));
            assertEquals(List.of(node(0, 33), node(1, 9)), nodes(collector, 12, 21, 7, 2));
            assertEquals(List.of(node(0, 34)), nodes(collector, 12, 22, 8, NONE));
        }
    }
}
