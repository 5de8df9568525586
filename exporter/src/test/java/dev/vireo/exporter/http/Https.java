package dev.vireo.exporter.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/** Asks as a scraper does: keeps connections, checks certificates and the names in them. */
final class Https {
    private final HttpClient client;

    Https(SSLContext context) {
        client = HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(60))
                .build();
    }

    HttpResponse<String> get(WebServer server, String path) throws IOException {
        return send(request(server, path).build());
    }

    HttpResponse<String> get(WebServer server, String path, String user, String password) throws IOException {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return send(request(server, path)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
                .build());
    }

    private static HttpRequest.Builder request(WebServer server, String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path.substring(1)))
                .timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
