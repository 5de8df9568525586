package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built {@code vireo serve} as a whole: the page, its documents, whom it answers, and how it ends. */
class ServeAccessIT {
    private static final String URI_OF_TEST = "test:///default";

    @TempDir
    private Path directory;

    private static HttpResponse<String> get(HttpClient client, String url, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static String basic(String user, String password) {
        String text = user + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void itServesThePageItsDocumentsAndMetricsUntilItIsEnded() throws Exception {
        try (VireoServe vireo = VireoServe.start(directory, URI_OF_TEST)) {
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<String> page = get(client, vireo.url() + "/");
            assertEquals(200, page.statusCode());
            assertTrue(page.body().contains("<title>Vireo"), page.body());
            assertTrue(page.headers()
                    .firstValue("Content-Security-Policy")
                    .orElse("")
                    .startsWith("default-src 'none'"));
            assertEquals(200, get(client, vireo.url() + "/uPlot.iife.min.js").statusCode());
            String snapshot = get(client, vireo.url() + "/api/v1/snapshot").body();
            assertTrue(snapshot.contains("\"uri\":\"test:///default\""), snapshot);
            assertTrue(snapshot.contains("\"name\":\"test\""), snapshot);
            assertTrue(vireo.scrape("text/plain").contains("vm_cpu_seconds_total{uuid="), vireo::said);
            assertEquals("ok", get(client, vireo.url() + "/readyz").body().strip());
            assertEquals(143, vireo.end(), "ended by SIGTERM; it said " + vireo.said());
        }
    }

    @Test
    void withTlsAndPasswordsOthersAreNotAnswered() throws Exception {
        SelfSigned tls = SelfSigned.make(directory);
        Path users = UsersFile.of(directory, "scraper", "secret");
        try (VireoServe vireo = VireoServe.start(
                directory,
                URI_OF_TEST,
                "--tls-cert",
                tls.certificate().toString(),
                "--tls-key",
                tls.key().toString(),
                "--auth-file",
                users.toString())) {
            String metrics = vireo.url() + "/metrics";
            assertTrue(metrics.startsWith("https://"), metrics);
            HttpClient knows = client(tls.trusting());
            assertEquals(401, get(knows, metrics).statusCode());
            assertEquals(
                    401,
                    get(knows, metrics, "Authorization", basic("scraper", "guess"))
                            .statusCode());
            assertEquals(
                    200,
                    get(knows, metrics, "Authorization", basic("scraper", "secret"))
                            .statusCode());
            HttpClient stranger = client(SSLContext.getDefault());
            assertThrows(SSLHandshakeException.class, () -> get(stranger, metrics));
        }
    }

    @Test
    void itDoesNotListenToOtherHostsUnlessSomebodyIsAsked() throws Exception {
        CommandRun run = VireoCommand.vireo("-c", URI_OF_TEST, "serve", "--listen", "0.0.0.0:0");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("it can be reached from other hosts"), run::toString);
        assertTrue(run.err().contains("--insecure"), run::toString);
    }
}
