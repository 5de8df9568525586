package dev.vireo.exporter.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers with events, until the client goes, does not read, or the server ends. */
final class EventRoute implements Route {
    private static final Refusal FULL = Refusal.later("all event streams are taken", 10);
    private static final int RETRY_MILLIS = 2000;

    private final EventSource source;
    private final EventStreams streams;
    private final Clients clients;
    private final int mostWaiting;
    private final RequestCheck authentication;

    EventRoute(
            EventSource source, EventStreams streams, Clients clients, int mostWaiting, RequestCheck authentication) {
        this.source = source;
        this.streams = streams;
        this.clients = clients;
        this.mostWaiting = mostWaiting;
        this.authentication = authentication;
    }

    @Override
    public void answer(Request request, Response response, Callback callback) throws InterruptedException {
        if (HttpMethod.HEAD.is(request.getMethod())) {
            announce(response);
            response.write(true, null, callback);
        } else if (streams.enter()) {
            announce(response);
            begin(request, response, callback);
        } else {
            Answer.refuse(response, callback, FULL);
        }
    }

    private static void announce(Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        // A proxy that collects before it sends would hold events back.
        headers.put("X-Accel-Buffering", "no");
    }

    private void begin(Request request, Response response, Callback callback) throws InterruptedException {
        Client client = clients.of(request);
        client.does(Client.Doing.FOLLOWING);
        EventStream stream = new EventStream(response, callback, client, mostWaiting);
        Request.addCompletionListener(request, failure -> {
            stream.end();
            streams.leave(stream);
        });
        streams.add(stream);
        try {
            // The users may have changed since this one was let in, and all streams been ended before this one was
            // there.
            if (authentication.refuse(request) != null) {
                stream.end();
                return;
            }
            stream.send(ServerSentEvent.greeting(RETRY_MILLIS));
            stream.closeAtEnd(source.subscribe(stream));
        } catch (RuntimeException | InterruptedException e) {
            // The headers may have gone out: all that can be done is to end.
            stream.end();
            throw e;
        }
    }
}
