package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built command pushes to a receiver of OTLP. What the numbers are is tested where they are decoded. */
@Timeout(180)
class OtlpIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What came with a push; names stand in protobuf as they are. */
    private record Pushed(String path, String authorization, String type, String body) {}

    @TempDir
    private Path directory;

    private final BlockingQueue<Pushed> pushes = new LinkedBlockingQueue<>();
    private volatile int status = 200;

    @Test
    void theBuiltCommandPushesAndSaysOnceWhenItCannot() throws Exception {
        Path headers = Files.writeString(directory.resolve("headers"), "Authorization: Bearer token-of-a-test\n");
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort();
        String[] options = {
            "--interval", "0.1", "--otlp", url, "--otlp-interval", "0.1", "--otlp-headers", headers.toString()
        };
        try (VireoServe vireo = VireoServe.start(directory, "test:///default", options)) {
            Pushed pushed = pushes.take();
            assertEquals("/v1/metrics", pushed.path());
            assertEquals("Bearer token-of-a-test", pushed.authorization());
            assertEquals("application/x-protobuf", pushed.type());
            for (String name : new String[] {"vm.cpu.time", "vm.vcpu.delay.time", "host.name", "service.version"}) {
                assertTrue(pushed.body().contains(name), name);
            }
            assertTrue(pushed.body().contains("6695eb01-f6a4-8304-79aa-97f2502e193f"));

            status = 503;
            String counter = "vireo_errors_total{code=\"VIR_ERR_HTTP_ERROR\",operation=\"otlp\"}";
            while (!vireo.scrape("text/plain").contains(counter)) {
                pushes.take();
            }
            status = 200;
            Await.until("it is told that it works", LIMIT, () -> vireo.said().contains("accepts again"));
            assertEquals(
                    1,
                    vireo.said()
                            .lines()
                            .filter(line -> line.contains("HTTP status 503"))
                            .count(),
                    vireo::said);
        } finally {
            receiver.stop(0);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
            pushes.add(new Pushed(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    new String(body.readAllBytes(), StandardCharsets.ISO_8859_1)));
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
