package dev.vireo.exporter.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty itself refuses, in plain text, with nothing of the request or of a failure's cause in it. */
final class PlainErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        SecurityHeaders.addTo(response.getHeaders());
        // What came is not understood, so nor is what may come after it.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        int status = response.getStatus();
        Answer.text(response, callback, status, HttpStatus.getMessage(status));
        return true;
    }
}
