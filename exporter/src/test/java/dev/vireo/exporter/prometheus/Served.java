package dev.vireo.exporter.prometheus;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.vireo.Connection;
import dev.vireo.DomainState;
import dev.vireo.Drivers;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.driver.test.ManualClock;
import dev.vireo.driver.test.TestDomain;
import dev.vireo.driver.test.TestDriver;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.exporter.FeedOnManualClock;
import dev.vireo.exporter.SnapshotFeed;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A hypervisor in memory, and what is scraped of it. */
final class Served implements AutoCloseable {
    final ManualClock clock = new ManualClock();
    final TestHypervisor hypervisor;
    final SnapshotFeed feed;
    final SnapshotCollector collector;

    Served(HypervisorConfiguration configuration, HostCpuSeries series, NumaNodes nodes, boolean withLibvirtNames) {
        hypervisor = new TestHypervisor(configuration, clock);
        // one that starts here has used nothing before
        hypervisor.domains().stream()
                .filter(domain -> domain.state() == DomainState.SHUTOFF)
                .forEach(TestDomain::start);
        feed = FeedOnManualClock.start(SnapshotFeed.over(open(), this::open).clock(clock));
        awaitFirst();
        collector = new SnapshotCollector(feed, series, nodes, withLibvirtNames);
    }

    static Served of(HypervisorConfiguration configuration) {
        return new Served(configuration, HostCpuSeries.ALL, NumaNodes.none(), false);
    }

    private Connection open() {
        return Drivers.none().with(new TestDriver(hypervisor)).open("test:///default");
    }

    /** From then on the pace counts, whatever the test does to the clock. */
    private void awaitFirst() {
        try {
            assertNotNull(feed.fresh(Duration.ZERO));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Scrapes after some time, in the text format. */
    List<String> after(Duration time) {
        clock.advance(time);
        return now();
    }

    List<String> now() {
        return written(PrometheusTextFormatWriter.builder()
                        .setIncludeCreatedTimestamps(true)
                        .build())
                .lines()
                .toList();
    }

    String openMetrics() {
        return written(new OpenMetricsTextFormatWriter(true, false));
    }

    private String written(ExpositionFormatWriter writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, collector.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Returns the series of a metric. */
    static List<String> of(String metric, List<String> scrape) {
        return scrape.stream()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .toList();
    }

    @Override
    public void close() {
        hypervisor.faults().clear();
        collector.close();
        feed.close();
    }
}
