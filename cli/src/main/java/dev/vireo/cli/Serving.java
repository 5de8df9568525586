package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.OpenOptions;
import dev.vireo.exporter.ExporterHealth;
import dev.vireo.exporter.SnapshotFeed;
import dev.vireo.exporter.http.ExporterServer;
import dev.vireo.exporter.prometheus.HostCpuSeries;
import dev.vireo.exporter.prometheus.NumaNodes;
import dev.vireo.exporter.prometheus.SnapshotCollector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** One run of {@code vireo serve}. */
final class Serving {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Invocation invocation;
    private final ExporterHealth health = new ExporterHealth();
    private final CountDownLatch end = new CountDownLatch(1);

    Serving(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Serves until the process is asked to end. */
    int run() {
        boolean isCompatible = ServeCommand.isLibvirtExporter(invocation);
        InetSocketAddress address = address(isCompatible ? 9177 : 9178);
        Duration interval = seconds("--interval", INTERVAL);
        Duration deadline = seconds("--deadline", DEADLINE);
        HostCpuSeries series = series();
        Connection first = invocation.connection(this::counting);
        NumaNodes nodes = series == HostCpuSeries.NODE ? nodes(first) : NumaNodes.none();
        EndOfProcess ending = EndOfProcess.calls(end::countDown);
        try (SnapshotFeed feed = SnapshotFeed.over(first, () -> invocation.reopen(this::counting))
                        .health(health)
                        .interval(interval)
                        .deadline(deadline)
                        .start();
                SnapshotCollector collector = new SnapshotCollector(feed, series, nodes, isCompatible);
                ExporterServer server = ExporterServer.start(address, collector)) {
            invocation.diagnostics().remark("serving " + "http://" + ListenAddress.text(address, server.port()));
            end.await();
            return CommandLineTool.SUCCESS;
        } catch (IOException failed) {
            throw new CommandFailure(
                    "cannot listen on " + ListenAddress.text(address, address.getPort()) + ": " + failed.getMessage());
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

    private InetSocketAddress address(int defaultPort) {
        String text = invocation.text("--listen");
        try {
            InetSocketAddress address = ListenAddress.parse(text == null ? "127.0.0.1:" + defaultPort : text);
            if (!address.getAddress().isLoopbackAddress()) {
                throw invocation.misuse(
                        "--listen", "'" + text + "' is no loopback address, and nobody would be asked who he is");
            }
            return address;
        } catch (IllegalArgumentException wrong) {
            throw invocation.misuse("--listen", String.valueOf(wrong.getMessage()));
        }
    }

    private Duration seconds(String option, Duration otherwise) {
        return invocation.has(option) ? WatchOptions.period(invocation, option, SHORTEST) : otherwise;
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
