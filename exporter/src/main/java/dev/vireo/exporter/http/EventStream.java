package dev.vireo.exporter.http;

import dev.vireo.Subscription;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The events of one client: one is being written, a few may wait, and if one more comes the client is dropped. No thread
 * waits for it. Thread-safe.
 */
final class EventStream implements EventSink {
    private final Response response;
    private final Callback done;
    private final Client client;
    private final int mostWaiting;
    private final Queue<ServerSentEvent> waiting = new ArrayDeque<>();
    private boolean writing;
    private boolean ended;
    private @Nullable Subscription subscription;

    EventStream(Response response, Callback done, Client client, int mostWaiting) {
        this.response = response;
        this.done = done;
        this.client = client;
        this.mostWaiting = mostWaiting;
    }

    /** Takes what is to be closed when the stream ends, which it may have done already. */
    void closeAtEnd(Subscription opened) {
        synchronized (this) {
            if (!ended) {
                subscription = opened;
                return;
            }
        }
        opened.close();
    }

    @Override
    public void send(ServerSentEvent event) {
        ServerSentEvent next;
        synchronized (this) {
            if (ended) {
                return;
            }
            if (writing && waiting.size() < mostWaiting) {
                waiting.add(event);
                return;
            }
            next = writing ? null : event;
            writing = true;
        }
        if (next == null) {
            drop();
        } else {
            write(next);
        }
    }

    private void write(ServerSentEvent event) {
        response.write(false, event.bytes(), Callback.from(this::written, failure -> end()));
    }

    private void written() {
        ServerSentEvent next;
        synchronized (this) {
            next = waiting.poll();
            writing = next != null;
        }
        if (next != null) {
            write(next);
        }
    }

    /** Ends a connection whose client does not read: what is being written fails then. */
    private void drop() {
        client.close();
        end();
    }

    /** Ends the stream and its connection; more than once is harmless. */
    void end() {
        Subscription open;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            waiting.clear();
            open = subscription;
            subscription = null;
        }
        if (open != null) {
            open.close();
        }
        client.close();
        done.failed(new StreamEnded());
    }

    /** Tells Jetty that an answer ends before its end: a stream has none. */
    private static final class StreamEnded extends IOException implements QuietException {
        private static final long serialVersionUID = 1L;
    }
}
