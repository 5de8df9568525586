package dev.vireo.exporter.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers with a JSON document, compressed for who takes that. */
final class JsonRoute implements Route {
    private static final Refusal BUSY = Refusal.later("too many requests at once", 1);
    private static final Refusal NONE_YET = Refusal.later("nothing has been read yet", 1);

    private final JsonDocument document;
    private final CompressedDocument compressed = new CompressedDocument();
    private final Admission making = new Admission(4, 4, Duration.ofSeconds(10));

    JsonRoute(JsonDocument document) {
        this.document = document;
    }

    @Override
    public void answer(Request request, Response response, Callback callback) throws InterruptedException {
        if (!making.enter()) {
            Answer.refuse(response, callback, BUSY);
            return;
        }
        boolean zipped = Gzip.isTakenBy(request);
        byte[] body;
        try {
            byte[] json = document.json();
            // Inside the admission: it costs more than the document did.
            body = json == null || !zipped ? json : compressed.of(json);
        } finally {
            making.leave();
        }
        if (body == null) {
            Answer.refuse(response, callback, NONE_YET);
            return;
        }
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        Gzip.tell(headers, zipped);
        Answer.body(response, callback, "application/json", body);
    }
}
