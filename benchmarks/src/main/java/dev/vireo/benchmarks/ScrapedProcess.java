package dev.vireo.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A program that serves metrics, and scrapes of it as Prometheus makes them: over one connection, gzip allowed. */
final class ScrapedProcess implements AutoCloseable {
    private static final long START_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Vireo reads once for all who scrape within a tenth of a second. */
    private static final long SHARED_NANOS = TimeUnit.MILLISECONDS.toNanos(120);

    private static final Duration SCRAPE_LIMIT = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private final Path output;
    private final Process process;
    private byte[] last = {};

    /**
     * Starts it and waits until it answers.
     *
     * @param command makes the command for a port
     */
    ScrapedProcess(IntFunction<List<String>> command) throws IOException {
        int port = freePort();
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(SCRAPE_LIMIT)
                .header("Accept-Encoding", "gzip")
                .header("Accept", "text/plain;version=0.0.4")
                .build();
        output = Files.createTempFile("vireo-serve", ".out");
        ProcessBuilder builder = new ProcessBuilder(command.apply(port))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(BuiltCommand.ENVIRONMENT);
        process = builder.start();
        try {
            awaitAnswer();
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + START_LIMIT_NANOS;
        while (true) {
            try {
                scrape();
                return;
            } catch (InterruptedIOException interrupted) {
                throw interrupted;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("nothing answers: " + Files.readString(output), notYet);
                }
                LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            }
        }
    }

    RunningProcess process() {
        return new RunningProcess(process.pid());
    }

    /** Scrapes it and returns how many nanoseconds that took, until the last byte. */
    double scrape() throws IOException {
        try {
            long begun = System.nanoTime();
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            double time = System.nanoTime() - begun;
            if (response.statusCode() != OK) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            last = response.body();
            return time;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it is scraped");
        }
    }

    /** Waits before it scrapes, so that nothing that was read for the scrape before is served again. */
    double scrapeLater() throws IOException {
        LockSupport.parkNanos(SHARED_NANOS);
        return scrape();
    }

    /** Returns how many bytes the last scrape brought. */
    int bytes() {
        return last.length;
    }

    /** Returns how many series of a metric the last scrape had. */
    long series(String metric) {
        return lines().filter(line -> line.startsWith(metric + "{")).count();
    }

    /** Returns how many series the last scrape had. */
    long series() {
        return lines().filter(line -> !line.startsWith("#")).count();
    }

    private Stream<String> lines() {
        boolean isZipped = last.length > 1 && last[0] == 0x1f && (last[1] & 0xff) == 0x8b;
        try (InputStream bytes = new ByteArrayInputStream(last);
                InputStream plain = isZipped ? new GZIPInputStream(bytes) : bytes) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        CPrograms.exitCode(process);
        Files.deleteIfExists(output);
    }
}
