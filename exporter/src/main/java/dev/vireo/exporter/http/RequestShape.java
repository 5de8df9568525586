package dev.vireo.exporter.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Lets through what reads, has a query that can be decoded, no body, and no more headers than anybody needs. */
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
        String query = request.getHttpURI().getQuery();
        if (query != null && !isDecodable(query)) {
            return Refusal.of(400, "the query cannot be decoded: two hexadecimal digits follow each % in it");
        }
        return null;
    }

    private static boolean isDecodable(String query) {
        try {
            var unused = URLDecoder.decode(query, StandardCharsets.UTF_8);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean hasBody(HttpFields headers) {
        return headers.contains(HttpHeader.TRANSFER_ENCODING) || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
    }
}
