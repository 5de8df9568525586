package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scraper asks for, and what it gets. */
class ScrapeTest {
    private static WebServer server;

    @BeforeAll
    static void start() throws ServingException {
        server = Servers.here().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aScrapeGetsTheTextFormatUnlessItAsksForAnother() throws IOException {
        Reply reply = RawClient.get(server, "/metrics");
        assertEquals(200, reply.status());
        assertTrue(reply.header("content-type").startsWith("text/plain"), reply.toString());
        assertTrue(reply.text().contains("room{number="), reply.text());
    }

    @Test
    void aScrapeGetsOpenMetricsWhenItAsksForIt() throws IOException {
        Reply reply = RawClient.ask(
                server,
                "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept: application/openmetrics-text; version=1.0.0\r\n");
        assertTrue(reply.header("content-type").startsWith("application/openmetrics-text"), reply.toString());
        assertTrue(reply.text().endsWith("# EOF\n"), reply.text());
    }

    @Test
    void aScrapeGetsTheSeriesThatItNames() throws IOException {
        assertTrue(RawClient.get(server, "/metrics?name[]=room").text().contains("room{number="));
        assertTrue(RawClient.get(server, "/metrics?name%5B%5D=r%6fom").text().contains("room{number="));
        assertFalse(RawClient.get(server, "/metrics?name[]=hall").text().contains("room{number="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"debug=openmetrics", "debug=prometheus-protobuf", "debug=%3Cscript%3E", "team=infra"})
    void otherParametersChangeNothing(String query) throws IOException {
        Reply reply = RawClient.get(server, "/metrics?" + query);
        assertEquals(200, reply.status());
        assertEquals(RawClient.get(server, "/metrics").text(), reply.text());
    }
}
