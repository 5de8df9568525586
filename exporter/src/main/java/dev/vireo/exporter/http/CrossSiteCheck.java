package dev.vireo.exporter.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other web pages from making a browser ask: without CORS headers they could not read the answer, but they could take
 * all event streams, or have a thousand answers made. A link to here is followed all the same.
 *
 * <p>Where the browser says itself from which site it asks, that is believed, and {@code Origin} is not looked at: WebKit
 * sends one with each module of the page, and behind a proxy that speaks TLS or changes {@code Host} it is not ours.
 */
final class CrossSiteCheck implements RequestCheck {
    private static final Refusal REFUSAL = Refusal.of(403, "not answered to pages of other sites");

    @Override
    public @Nullable Refusal refuse(Request request) {
        HttpFields headers = request.getHeaders();
        String site = headers.get("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none") || isLink(headers) ? null : REFUSAL;
        }
        String origin = headers.get(HttpHeader.ORIGIN);
        return origin == null || origin.equalsIgnoreCase(own(request)) ? null : REFUSAL;
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
