package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.OpenOptions;
import dev.vireo.exporter.ExporterHealth;
import dev.vireo.exporter.Outages;
import dev.vireo.exporter.Readiness;
import dev.vireo.exporter.SnapshotFeed;
import dev.vireo.exporter.SnapshotFeedBuilder;
import dev.vireo.exporter.http.ListenAddress;
import dev.vireo.exporter.http.ServingException;
import dev.vireo.exporter.http.WebServer;
import dev.vireo.exporter.http.WebServerBuilder;
import dev.vireo.exporter.otlp.OtlpSettingsBuilder;
import dev.vireo.exporter.page.PageRoutes;
import dev.vireo.exporter.prometheus.HostCpuSeries;
import dev.vireo.exporter.prometheus.NumaNodes;
import dev.vireo.exporter.prometheus.SnapshotCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** One run of {@code vireo serve}. */
final class Serving {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    // The web server ends an answer after 30 s: what is left is for others who scrape, and for the client to read it.
    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(20);

    private final Invocation invocation;
    private final ExporterHealth health = new ExporterHealth();
    private final CountDownLatch end = new CountDownLatch(1);

    Serving(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Serves until the process is asked to end. */
    int run() {
        boolean isCompatible = ServeCommand.isLibvirtExporter(invocation);
        WebServerBuilder web = new Listening(invocation)
                .begin(isCompatible ? ListenAddress.OF_LIBVIRT_EXPORTER : ListenAddress.STANDARD);
        Duration interval = seconds("--interval", WatchOptions.LONGEST, SnapshotFeedBuilder.INTERVAL);
        Duration deadline = seconds("--deadline", LONGEST_DEADLINE, SnapshotFeedBuilder.DEADLINE);
        HostCpuSeries series = series();
        OtlpSettingsBuilder otlp = Pushing.settings(invocation);
        Connection first = invocation.connection(this::counting);
        NumaNodes nodes = series == HostCpuSeries.NODE ? nodes(first) : NumaNodes.none();
        if (otlp != null) {
            otlp.host(ThisHost.identity(first));
        }
        EndOfProcess ending = EndOfProcess.calls(end::countDown);
        try (SnapshotFeed feed = SnapshotFeed.over(first, () -> invocation.reopen(this::counting))
                        .health(health)
                        .interval(interval)
                        .deadline(deadline)
                        .start();
                SnapshotCollector collector = new SnapshotCollector(feed, series, nodes, isCompatible);
                PageRoutes page = new PageRoutes(feed, first.uri().toString());
                WebServer server = page.addTo(web)
                        .metrics(registry(collector))
                        .live(() -> new Readiness(feed).whyDead())
                        .ready(() -> new Readiness(feed).whyNot(interval.plus(deadline)))
                        .start();
                Pushing pushing = Pushing.start(invocation, otlp, series, feed)) {
            invocation.diagnostics().remark("serving " + server.url());
            feed.listen(new Outages(new Readiness(feed), interval.plus(deadline), invocation.diagnostics()::remark));
            pushing.remark();
            end.await();
            return CommandLineTool.SUCCESS;
        } catch (ServingException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        } finally {
            ending.close();
        }
    }

    private OpenOptions counting(OpenOptions options) {
        return options.operationErrorListener((operation, error) -> health.failed(operation, error.code()));
    }

    private static PrometheusRegistry registry(SnapshotCollector collector) {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(collector);
        return registry;
    }

    private Duration seconds(String option, Duration longest, Duration otherwise) {
        return invocation.has(option) ? WatchOptions.period(invocation, option, SHORTEST, longest) : otherwise;
    }

    private HostCpuSeries series() {
        String word = invocation.text("--host-cpus");
        if (word == null) {
            return HostCpuSeries.ALL;
        }
        for (HostCpuSeries series : HostCpuSeries.values()) {
            if (series.name().toLowerCase(Locale.ROOT).equals(word)) {
                return series;
            }
        }
        throw invocation.misuse("--host-cpus", "'" + word + "' is none of all, busy, node, none");
    }

    /** The kernel's files tell of this host alone. */
    private NumaNodes nodes(Connection connection) {
        if (!ThisHost.isHostOf(connection)) {
            throw new CommandFailure("--host-cpus node: " + connection.uri()
                    + " is not known to be this host, whose NUMA nodes are known; choose all, busy or none");
        }
        try {
            return NumaNodes.read(Path.of("/sys"));
        } catch (IOException unreadable) {
            throw new CommandFailure("cannot read which CPUs the NUMA nodes have: " + unreadable.getMessage());
        }
    }
}
