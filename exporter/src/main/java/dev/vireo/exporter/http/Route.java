package dev.vireo.exporter.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers the requests for one path. Thread-safe. */
@FunctionalInterface
interface Route {
    /**
     * Answers, or sees to it that somebody does; the callback is completed when the client has it.
     *
     * @throws Exception if it cannot; the client gets a 500 without the reason, which is logged
     */
    void answer(Request request, Response response, Callback callback) throws Exception;
}
