package dev.vireo.exporter.http;

import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Goes before everything: no request reaches a route that has not passed every check. */
final class Gate extends Handler.Wrapper {
    private final Clients clients;
    private final List<RequestCheck> checks;

    Gate(Clients clients, List<RequestCheck> checks) {
        this.clients = clients;
        this.checks = List.copyOf(checks);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Client client = clients.of(request);
        client.does(Client.Doing.ANSWERED);
        Request.addCompletionListener(request, failure -> client.does(Client.Doing.IDLE));
        SecurityHeaders.addTo(response.getHeaders());
        Response measured = new MeasuredResponse(request, response, client, clients);
        for (RequestCheck check : checks) {
            Refusal refusal = check.refuse(request);
            if (refusal != null) {
                Answer.refuse(measured, callback, refusal);
                return true;
            }
        }
        return super.handle(request, measured, callback);
    }
}
