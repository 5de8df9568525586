package dev.vireo.exporter.http;

import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the route of a path: that very path, and no prefix or pattern of it. */
final class Routes extends Handler.Abstract {
    private static final Refusal UNKNOWN = Refusal.of(404, "there is nothing at this path");

    private final Map<String, Route> routes;
    private final Route otherwise;

    Routes(Map<String, Route> routes, Route otherwise) {
        this.routes = Map.copyOf(routes);
        this.otherwise = otherwise;
    }

    static void unknown(Request request, Response response, Callback callback) {
        Answer.refuse(response, callback, UNKNOWN);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        routes.getOrDefault(Request.getPathInContext(request), otherwise).answer(request, response, callback);
        return true;
    }
}
