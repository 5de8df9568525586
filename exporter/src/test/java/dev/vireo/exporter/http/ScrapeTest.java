package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scraper asks for, and what it gets. */
class ScrapeTest {
    private static final String PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

    private static WebServer server;

    @BeforeAll
    static void start() throws ServingException {
        server = Servers.here().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String typeFor(String headers) throws IOException {
        Reply reply = RawClient.ask(server, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n" + headers);
        return reply.header("content-type").split(";", 2)[0];
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain;q=1.0, application/openmetrics-text;q=0.1|text/plain",
                "text/plain;q=0.1, application/openmetrics-text;q=1.0|application/openmetrics-text",
                "application/openmetrics-text;q=0, text/plain|text/plain",
                PROTOBUF + ";q=0.1, text/plain;q=0.9|text/plain",
                "application/openmetrics-text;q=0.2, " + PROTOBUF + ";q=0.3|application/vnd.google.protobuf",
                "application/vnd.google.protobuf, application/openmetrics-text;q=0.5|application/openmetrics-text",
                "application/json, text/html;q=0.9, */*;q=0.1|text/plain",
                "application/json|text/plain",
                "*/*, application/openmetrics-text;q=0.5|text/plain",
                "application/vnd.google.protobuf; encoding=delimited; proto=io.prometheus.client.MetricFamily"
                        + "|application/vnd.google.protobuf",
                "text/plain;q=much, application/openmetrics-text;q=0.1|application/openmetrics-text",
                "text/plain;q=\"0.9, ;;=,|text/plain",
            })
    void aScrapeGetsWhatItLikesBestOfWhatThereIs(String accepted, String given) throws IOException {
        assertEquals(given, typeFor("Accept: " + accepted + "\r\n"));
    }

    @Test
    void whatPrometheusLikesBestIsWhatItNamesFirst() throws IOException {
        String unlessAsked = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                + "application/openmetrics-text;version=0.0.1;q=0.4,"
                + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";
        assertEquals("application/openmetrics-text", typeFor("Accept: " + unlessAsked + "\r\n"));
        assertEquals(
                "application/vnd.google.protobuf", typeFor("Accept: " + PROTOBUF + ";q=0.6," + unlessAsked + "\r\n"));
    }

    @Test
    void whatItLikesBestMayStandInAnyOfItsHeaders() throws IOException {
        assertEquals(
                "application/openmetrics-text",
                typeFor("Accept: text/plain;q=0.5\r\nAccept: application/openmetrics-text\r\n"));
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
