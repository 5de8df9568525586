package dev.vireo.exporter.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes whole answers. No thread waits for the client to read them. */
final class Answer {
    private Answer() {}

    static void refuse(Response response, Callback callback, Refusal refusal) {
        HttpFields.Mutable headers = response.getHeaders();
        refusal.headers().forEach(headers::put);
        if (refusal.last()) {
            headers.put(HttpHeader.CONNECTION, "close");
        }
        text(response, callback, refusal.status(), refusal.text());
    }

    static void text(Response response, Callback callback, int status, String text) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        body(response, callback, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static void body(Response response, Callback callback, String type, byte[] body) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
