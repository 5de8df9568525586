package dev.vireo.exporter.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what was asked of this host by a name that only this host has. A web page can make its own name lead to
 * 127.0.0.1 (DNS rebinding); then the browser, which can reach what listens there, takes the answer for the page's own. Its
 * requests carry that name.
 */
final class HostCheck implements RequestCheck {
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[::1])(:[0-9]{1,5})?");

    @Override
    public @Nullable Refusal refuse(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        // HTTP/1.0 may do without, as probes do; a browser always says a name.
        if (host == null || LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            return null;
        }
        return Refusal.of(
                421,
                "without authentication this is answered for localhost, 127.0.0.1 and [::1] alone: ask by one of these"
                        + " names, or serve with --auth-file, or with --insecure if anybody may ask by any name");
    }
}
