package dev.vireo.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's Prometheus, which scrapes one address each second, and its HTTP API, asked by its own client. */
final class PrometheusServer implements AutoCloseable {
    /**
     * One number at one time.
     *
     * @param series its labels, as Prometheus writes them
     * @param value the number
     * @param seconds when it is of, since 1970
     */
    record Point(String series, double value, double seconds) {}

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern INSTANT = Pattern.compile("^(.*) => (\\S+) @\\[([0-9.]+)]$", Pattern.DOTALL);
    private static final Pattern OF_RANGE = Pattern.compile("^(\\S+) @\\[([0-9.]+)]$", Pattern.MULTILINE);

    private final Process process;
    private final Path log;
    private final String url;

    private PrometheusServer(Process process, Path log, String url) {
        this.process = process;
        this.log = log;
        this.url = url;
    }

    /** Starts it; its files go to a directory that somebody else removes. */
    static PrometheusServer start(Path directory, String target) throws IOException {
        Path configuration = Files.createTempFile(directory, "prometheus-", ".yml");
        Files.writeString(
                configuration,
                "scrape_configs:\n- job_name: vireo\n  scrape_interval: 1s\n  scrape_timeout: 1s\n"
                        + "  static_configs:\n  - targets: ['"
                        + URI.create(target).getAuthority() + "']\n");
        Path log = Files.createTempFile(directory, "prometheus-", ".log");
        int port = freePort();
        Process process = new ProcessBuilder(
                        Programs.get("prometheus"),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + Files.createTempDirectory(directory, "prometheus-"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new PrometheusServer(process, log, "http://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns what a query gives at a time: a point for each series. */
    List<Point> query(String expression, double seconds) {
        List<Point> points = new ArrayList<>();
        for (String line : ask(expression, seconds).lines().toList()) {
            Matcher point = INSTANT.matcher(line);
            if (point.matches()) {
                points.add(new Point(
                        point.group(1), Double.parseDouble(point.group(2)), Double.parseDouble(point.group(3))));
            }
        }
        return points;
    }

    /** Returns what one series held over the time before another. */
    List<Point> range(String series, String window, double seconds) {
        List<Point> points = new ArrayList<>();
        Matcher point = OF_RANGE.matcher(ask(series + "[" + window + "]", seconds));
        while (point.find()) {
            points.add(new Point(series, Double.parseDouble(point.group(1)), Double.parseDouble(point.group(2))));
        }
        return points;
    }

    private String ask(String expression, double seconds) {
        CommandRun run = CommandRun.of(
                LIMIT,
                List.of(
                        Programs.get("promtool"),
                        "query",
                        "instant",
                        "--time=" + String.format(Locale.ROOT, "%.3f", seconds),
                        url,
                        expression));
        return run.requireSuccess().out();
    }

    /** Tells whether it answers, yet. */
    boolean isUp() {
        if (!process.isAlive()) {
            throw new AssertionError("prometheus has ended: " + log());
        }
        return CommandRun.of(LIMIT, List.of(Programs.get("promtool"), "query", "instant", url, "vector(1)"))
                        .exitCode()
                == 0;
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() {
        // it writes into a directory that is removed next
        process.destroyForcibly().onExit().join();
    }
}
