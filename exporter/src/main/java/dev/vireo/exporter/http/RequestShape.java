package dev.vireo.exporter.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Lets through what reads, has no body, and has no more headers than anybody needs. */
final class RequestShape implements RequestCheck {
    @Override
    public @Nullable Refusal refuse(Request request) {
        HttpFields headers = request.getHeaders();
        if (headers.size() > Limits.REQUEST_HEADERS) {
            return Refusal.of(431, "more than " + Limits.REQUEST_HEADERS + " headers")
                    .andClose();
        }
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            return Refusal.of(405, "only GET and HEAD are answered")
                    .with("Allow", "GET, HEAD")
                    .andClose();
        }
        if (hasBody(headers)) {
            return Refusal.of(413, "a request has no body here").andClose();
        }
        return null;
    }

    private static boolean hasBody(HttpFields headers) {
        return headers.contains(HttpHeader.TRANSFER_ENCODING) || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
    }
}
