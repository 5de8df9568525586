package dev.vireo.exporter.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other web pages from making a browser ask: without CORS headers they could not read the answer, but they could take
 * all event streams, or have a thousand answers made. A link to here is followed all the same.
 */
final class CrossSiteCheck implements RequestCheck {
    private static final Refusal REFUSAL = Refusal.of(403, "not answered to pages of other sites");

    @Override
    public @Nullable Refusal refuse(Request request) {
        HttpFields headers = request.getHeaders();
        String origin = headers.get(HttpHeader.ORIGIN);
        if (origin != null && !origin.equalsIgnoreCase(own(request))) {
            return REFUSAL;
        }
        String site = headers.get("Sec-Fetch-Site");
        boolean foreign = site != null && (site.equals("cross-site") || site.equals("same-site"));
        return foreign && !isLink(headers) ? REFUSAL : null;
    }

    private static boolean isLink(HttpFields headers) {
        // A frame navigates, too; it is refused by frame-ancestors, and here at once.
        return "navigate".equals(headers.get("Sec-Fetch-Mode")) && "document".equals(headers.get("Sec-Fetch-Dest"));
    }

    private static String own(Request request) {
        return (request.isSecure() ? "https://" : "http://")
                + request.getHeaders().get(HttpHeader.HOST);
    }
}
