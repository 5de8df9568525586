package dev.vireo.exporter.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Counts what a client has been sent and has not read: until the write is done, its bytes are kept in memory. */
final class MeasuredResponse extends Response.Wrapper {
    private final Client client;
    private final Clients clients;

    MeasuredResponse(Request request, Response response, Client client, Clients clients) {
        super(request, response);
        this.client = client;
        this.clients = clients;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
        int length = bytes == null ? 0 : bytes.remaining();
        client.owes(length);
        clients.makeMemory(client);
        super.write(last, bytes, Callback.from(callback, () -> client.owes(-length)));
    }
}
