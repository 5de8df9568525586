package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
    private static final AtomicReference<String> NOT_READY = new AtomicReference<>();
    private static final String DOCUMENT = "{\"numbers\": [" + "1, 2, 3, ".repeat(200) + "4]}";
    private static WebServer server;

    @BeforeAll
    static void start() throws ServingException {
        server = Servers.here()
                .page(PageFiles.beside(WebServerTest.class))
                .json("/api/v1/snapshot", () -> DOCUMENT.getBytes(StandardCharsets.UTF_8))
                .json("/api/v1/none", () -> null)
                .json("/api/v1/broken", () -> {
                    throw new IllegalStateException("a secret of the inside");
                })
                .ready(NOT_READY::get)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/api/v1/snapshot", "/app.js"})
    void whatIsAskedForCompressedComesCompressed(String path) throws IOException {
        Reply plain = RawClient.get(server, path);
        Reply zipped =
                RawClient.ask(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n");
        assertEquals("", plain.header("content-encoding"));
        assertEquals("gzip", zipped.header("content-encoding"));
        assertEquals(plain.text(), zipped.unzipped());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/", "/api/v1/snapshot", "/healthz"})
    void headIsGetWithoutTheBody(String path) throws IOException {
        Reply get = RawClient.get(server, path);
        Reply head = RawClient.ask(server, "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        assertEquals(200, head.status());
        assertEquals(get.header("content-type"), head.header("content-type"));
        assertEquals(0, head.body().length);
    }

    @Test
    void aDocumentIsServedAsJsonThatIsNotKept() throws IOException {
        Reply reply = RawClient.get(server, "/api/v1/snapshot?any=thing");
        assertEquals(DOCUMENT, reply.text());
        assertEquals("application/json", reply.header("content-type"));
        assertEquals("no-store", reply.header("cache-control"));
    }

    @Test
    void aDocumentThatDoesNotExistYetIsForLater() throws IOException {
        Reply reply = RawClient.get(server, "/api/v1/none");
        assertEquals(503, reply.status());
        assertEquals("1", reply.header("retry-after"));
    }

    @Test
    void aFailureIsToldWithoutItsReason() throws IOException {
        Reply reply = RawClient.get(server, "/api/v1/broken");
        assertEquals(500, reply.status());
        assertFalse(reply.text().contains("secret"), reply.text());
        assertEquals("text/plain; charset=utf-8", reply.header("content-type"));
    }

    @Test
    void theIndexIsThePage() throws IOException {
        Reply reply = RawClient.get(server, "/");
        assertEquals("text/html; charset=utf-8", reply.header("content-type"));
        assertTrue(reply.text().contains("A page of the tests"), reply.text());
        assertEquals(reply.text(), RawClient.get(server, "/index.html").text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app.js=text/javascript; charset=utf-8", "/page.css=text/css; charset=utf-8"})
    void filesHaveTheirTypes(String pathAndType) throws IOException {
        String[] expected = pathAndType.split("=", 2);
        assertEquals(expected[1], RawClient.get(server, expected[0]).header("content-type"));
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() throws IOException {
        Reply first = RawClient.get(server, "/app.js");
        assertEquals("no-cache", first.header("cache-control"));
        Reply second = RawClient.ask(
                server, "GET /app.js HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + first.header("etag") + "\r\n");
        assertEquals(304, second.status());
        assertEquals(0, second.body().length);
        Reply other = RawClient.ask(server, "GET /app.js HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"other\"\r\n");
        assertEquals(200, other.status());
    }

    @Test
    void aCompressedFileThatTheBrowserHasIsNotSentAgain() throws IOException {
        String zipped = "GET /app.js HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n";
        String tag = RawClient.ask(server, zipped).header("etag");
        assertEquals(
                304,
                RawClient.ask(server, zipped + "If-None-Match: " + tag + "\r\n").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secret.txt",
                "/PageFiles.class",
                "/../http/secret.txt",
                "/%2e%2e/http/index.html",
                "/..%2fhttp%2findex.html",
                "//index.html",
                "/./index.html/",
                "/http/index.html",
                "/\\index.html",
                "/index.html%00.js",
                "/%2Findex.html",
                "/.html",
                "/metrics/",
                "/METRICS",
                "/nothing"
            })
    void whatIsNoFileOfThePageIsNotServed(String path) throws IOException {
        Reply reply = RawClient.get(server, path);
        assertTrue(reply.status() == 404 || reply.status() == 400, path + ": " + reply.status());
        assertEquals("text/plain; charset=utf-8", reply.header("content-type"));
        assertFalse(reply.text().contains("page of the tests"), reply.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"})
    void onlyReadingIsAnswered(String method) throws IOException {
        Reply reply = RawClient.ask(server, method + " /metrics HTTP/1.1\r\nHost: localhost\r\n");
        assertEquals(405, reply.status());
        assertEquals("GET, HEAD", reply.header("allow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /metrics HTTP/1.1|200",
                "GET /nothing HTTP/1.1|404",
                "POST / HTTP/1.1|405",
                "GET /api/v1/broken HTTP/1.1|500",
                "GET /api/v1/none HTTP/1.1|503",
                "GET /%zz HTTP/1.1|400",
                "NONSENSE|400"
            })
    void everyAnswerTellsBrowsersToBeCarefulAndNoOtherSiteToRead(String lineAndStatus) throws IOException {
        String[] expected = lineAndStatus.split("\\|", 2);
        Reply reply = RawClient.ask(server, expected[0] + "\r\nHost: localhost\r\nOrigin: http://localhost\r\n");
        assertEquals(Integer.parseInt(expected[1]), reply.status(), reply.text());
        SecurityHeaders.ALL.forEach((name, value) -> assertEquals(value, reply.header(name), name + " of " + reply));
        assertTrue(
                reply.headers().keySet().stream().noneMatch(name -> name.startsWith("access-control")),
                reply.headers().toString());
        assertEquals("", reply.header("server"));
    }

    @Test
    void aRequestWithABodyIsRefusedWithoutWaitingForIt() throws IOException {
        Reply announced = RawClient.ask(server, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n");
        assertEquals(413, announced.status());
        Reply chunked =
                RawClient.ask(server, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n");
        assertEquals(413, chunked.status());
    }

    @Test
    void headersAreBoundedInNumberAndSize() throws IOException {
        String start = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n";
        assertEquals(431, RawClient.ask(server, start + "A: b\r\n".repeat(200)).status());
        assertEquals(
                431,
                RawClient.ask(server, start + "A: " + "b".repeat(9000) + "\r\n").status());
        assertEquals(
                414,
                RawClient.ask(server, "GET /" + "b".repeat(9000) + " HTTP/1.1\r\nHost: localhost\r\n")
                        .status());
        assertEquals(200, RawClient.ask(server, start + "A: b\r\n".repeat(50)).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://other.example",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: what-is-this",
                "Origin: http://localhost:9178\r\nSec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe"
            })
    void pagesOfOtherSitesAreNotAnswered(String headers) throws IOException {
        String start = "GET /api/v1/snapshot HTTP/1.1\r\nHost: localhost:9178\r\n";
        assertEquals(403, RawClient.ask(server, start + headers + "\r\n").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://localhost:9178",
                "Origin: http://localhost:9178\r\nSec-Fetch-Site: same-origin",
                // behind a proxy that speaks TLS
                "Origin: https://vireo.example\r\nSec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document",
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document"
            })
    void thePageItselfAndLinksToItAreAnswered(String headers) throws IOException {
        String start = "GET / HTTP/1.1\r\nHost: localhost:9178\r\n";
        assertEquals(200, RawClient.ask(server, start + headers + "\r\n").status());
    }

    @Test
    void readinessIsWhatItIsToldToBe() throws IOException {
        assertEquals(200, RawClient.get(server, "/readyz").status());
        NOT_READY.set("no snapshot is younger than 30 s");
        try {
            Reply reply = RawClient.get(server, "/readyz");
            assertEquals(503, reply.status());
            assertEquals("not ok: no snapshot is younger than 30 s\n", reply.text());
            assertEquals("ok\n", RawClient.get(server, "/healthz").text());
        } finally {
            NOT_READY.set(null);
        }
    }

    @Test
    void oneConnectionServesManyRequests() throws IOException {
        try (RawClient client = RawClient.to(server)) {
            for (int i = 0; i < 3; i++) {
                client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertTrue(client.readUntil("ok\n").startsWith("HTTP/1.1 200"));
            }
        }
    }

    @Test
    void aPortThatIsTakenIsToldWithWhatToDo() {
        WebServerBuilder second = Servers.here().listen(new ListenAddress("127.0.0.1", server.port()));
        ServingException failure = assertThrows(ServingException.class, second::start);
        assertTrue(failure.getMessage().contains("Address already in use"), failure.getMessage());
        assertTrue(failure.getMessage().contains("--listen"), failure.getMessage());
    }

    @Test
    void closingEndsItsThreadsAndConnections() throws IOException, ServingException {
        WebServer other = Servers.here().start();
        try (RawClient client = RawClient.to(other)) {
            client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("ok\n");
            other.close();
            assertTrue(client.isThrownOut());
            assertThrows(IOException.class, () -> RawClient.get(other, "/healthz"));
        } finally {
            other.close();
        }
    }

    private static boolean hasIpVersion6() throws ServingException {
        try (ServerSocket any = new ServerSocket()) {
            any.bind(ListenAddress.parse("[::1]:0").resolve());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void itIsAskedByIpVersion6WhereThereIsOne() throws IOException, ServingException {
        assumeTrue(hasIpVersion6(), "NOT TESTED: this host has no IPv6, nothing can listen on ::1");
        try (WebServer six =
                Servers.here().listen(ListenAddress.parse("[::1]:0")).start()) {
            assertEquals("http://[::1]:" + six.port() + "/", six.url());
            java.net.URL url = new java.net.URL(six.url() + "healthz");
            assertEquals(
                    List.of("ok"),
                    new String(url.openStream().readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
    }
}
