package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressedDocumentTest {
    private static final String ASK = "GET /api/numbers HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: ";

    private final byte[] document = "[1, 2, 3]".repeat(10_000).getBytes(StandardCharsets.UTF_8);

    private static byte[] unzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    @Test
    void oneDocumentIsCompressedOnceAndTheNextOneAnew() throws IOException {
        CompressedDocument compressed = new CompressedDocument();
        byte[] first = compressed.of(document);
        assertArrayEquals(document, unzip(first));
        assertSame(first, compressed.of(document));
        byte[] next = "{}".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(next, unzip(compressed.of(next)));
        assertNotSame(first, compressed.of(document));
    }

    @Test
    void whoDoesNotReadACompressedDocumentOwesNoMoreThanItsCompressedBytes() throws Exception {
        // of random numbers, so that it does not fit into the buffers of the sockets
        byte[] large = new Random(1)
                .ints(1_000_000)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","))
                .getBytes(StandardCharsets.UTF_8);
        int compressed = new CompressedDocument().of(large).length;
        try (WebServer server = Servers.here().json("/api/numbers", () -> large).start();
                RawClient client = RawClient.smallTo(server).send(ASK + "gzip\r\n\r\n")) {
            String head = client.readUntil("\r\n\r\n");
            assertTrue(head.contains("Content-Length: " + compressed + "\r\n"), head);
            assertEquals(compressed, server.unreadBytes());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip|gzip", "deflate, GZIP;q=0.5|gzip", "br|''", "gzip;q=0|''", "identity, gzip;q=0|''"})
    void itIsSentToThoseWhoTakeIt(String accepted, String sent) throws Exception {
        try (WebServer server =
                Servers.here().json("/api/numbers", () -> document).start()) {
            Reply reply = RawClient.ask(server, ASK + accepted + "\r\n");
            assertEquals(sent, reply.header("content-encoding"));
            assertEquals("Accept-Encoding", reply.header("vary"));
            assertArrayEquals(document, sent.isEmpty() ? reply.body() : unzip(reply.body()));
        }
    }
}
