package dev.vireo.exporter.http;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what Jetty itself refuses, in plain text, with nothing of the request or of a failure's cause in it. The cause is
 * logged if it is a defect, without the request, in which a client may say anything.
 */
final class PlainErrors extends ErrorHandler {
    private static final System.Logger LOG = System.getLogger("dev.vireo.exporter.http");

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getAttribute(ERROR_EXCEPTION) instanceof Throwable cause && isDefect(cause)) {
            LOG.log(System.Logger.Level.WARNING, "a request could not be answered", cause);
        }
        SecurityHeaders.addTo(response.getHeaders());
        // What came is not understood, so nor is what may come after it.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        int status = response.getStatus();
        Answer.text(response, callback, status, HttpStatus.getMessage(status));
        return true;
    }

    /** Tells it from what a client did wrong, or did not do in time. */
    private static boolean isDefect(Throwable cause) {
        return !(cause instanceof QuietException || cause instanceof TimeoutException);
    }
}
