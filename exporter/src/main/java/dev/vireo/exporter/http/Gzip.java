package dev.vireo.exporter.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** The one content coding that is spoken. */
final class Gzip {
    private static final String NAME = "gzip";

    private Gzip() {}

    /** Tells whether the client takes it. What is refused, with a quality of 0, is not in the list. */
    static boolean isTakenBy(Request request) {
        return request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).stream()
                .anyMatch(NAME::equalsIgnoreCase);
    }

    /** Says that this answer is compressed or not by what was asked for. */
    static void tell(HttpFields.Mutable headers, boolean zipped) {
        headers.put(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
        if (zipped) {
            headers.put(HttpHeader.CONTENT_ENCODING, NAME);
        }
    }

    static byte[] compress(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
        return out.toByteArray();
    }
}
