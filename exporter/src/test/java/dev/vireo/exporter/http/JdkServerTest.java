package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Why client_java's server, which is the JDK's, does not serve here (decision 23). If this fails, it may do by now. */
class JdkServerTest {
    private static final int THREADS = 64;
    private static final int CROWD = 200;

    @Test
    void eachSlowClientHoldsAThreadOfTheJdksServerAndAScrapeWaitsUntilOneGoes() throws Exception {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
        List<Socket> crowd = new ArrayList<>();
        HTTPServer server = HTTPServer.builder()
                .hostname("127.0.0.1")
                .port(0)
                .registry(Servers.metrics(1))
                .executorService(threads)
                .buildAndStart();
        try {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(slowClient(server.getPort()));
            }
            Await.until(
                    "each holds a thread or waits for one",
                    () -> threads.getActiveCount() == THREADS
                            && threads.getQueue().size() == CROWD - THREADS);
            CompletableFuture<HttpResponse<String>> scrape = scrape(server.getPort());
            Await.until("the scrape waits behind them", () -> threads.getQueue().size() == CROWD - THREADS + 1);
            assertFalse(scrape.isDone());
            for (Socket client : crowd) {
                client.close();
            }
            assertEquals(200, scrape.get(60, TimeUnit.SECONDS).statusCode());
            assertTrue(threads.getCompletedTaskCount() >= CROWD, "it came after all of them");
        } finally {
            for (Socket client : crowd) {
                client.close();
            }
            server.close();
            threads.shutdownNow();
        }
    }

    private static Socket slowClient(int port) throws IOException {
        Socket client = new Socket();
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static CompletableFuture<HttpResponse<String>> scrape(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(Duration.ofSeconds(60))
                .build();
        return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }
}
