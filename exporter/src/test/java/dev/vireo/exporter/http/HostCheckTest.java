package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names it is asked that listens on this host alone. */
class HostCheckTest {
    private static WebServer server;

    @BeforeAll
    static void start() throws ServingException {
        server = Servers.here().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int statusFor(String host) throws IOException {
        return RawClient.ask(server, "GET /metrics HTTP/1.1\r\nHost: " + host + "\r\n")
                .status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9178", "127.0.0.1:1", "127.8.8.8", "[::1]:9178"})
    void withoutAuthenticationItIsAskedByNamesThatOnlyThisHostHas(String host) throws IOException {
        assertEquals(200, statusFor(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rebound.example:9178", "localhost.example", "127.0.0.1.example", "10.0.0.1", "[::2]"})
    void aNameThatAnyoneCanMakeLeadHereIsNotAnswered(String host) throws IOException {
        assertEquals(421, statusFor(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", "/metrics"})
    void aProbeOfOldThatNamesNoHostIsAnsweredAsNoBrowserIsOne(String path) throws IOException {
        assertEquals(200, RawClient.ask(server, "GET " + path + " HTTP/1.0\r\n").status());
    }

    @Test
    void whoCouldBeABrowserHasToNameThisHost() throws IOException {
        String old = "GET /healthz HTTP/1.0\r\n";
        assertEquals(
                421, RawClient.ask(server, old + "Host: rebound.example\r\n").status());
        assertEquals(400, RawClient.ask(server, old + "Host: \r\n").status());
        assertEquals(400, RawClient.ask(server, "GET /healthz HTTP/1.1\r\n").status());
    }

    @Test
    void whoIsNotAnsweredIsToldWhatToDo() throws IOException {
        Reply reply = RawClient.ask(server, "GET /healthz HTTP/1.1\r\nHost: proxy.example\r\n");
        assertTrue(reply.text().contains("ask by one of these names"), reply.text());
        assertTrue(reply.text().contains("--auth-file"), reply.text());
        assertTrue(reply.text().contains("--insecure"), reply.text());
    }

    @Test
    void whoSaysThatAnyNameWillDoIsAskedByAny() throws Exception {
        try (WebServer insecure = Servers.here().insecure().start()) {
            Reply reply = RawClient.ask(insecure, "GET /metrics HTTP/1.1\r\nHost: proxy.example\r\n");
            assertEquals(200, reply.status());
        }
    }
}
