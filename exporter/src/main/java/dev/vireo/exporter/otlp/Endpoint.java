package dev.vireo.exporter.otlp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Addresses of receivers. */
final class Endpoint {
    private static final String PATH = "/v1/metrics";
    private static final int LAST_PORT = 65_535;
    private static final Pattern QUERY = Pattern.compile("[?#].*");

    private Endpoint() {}

    /** Adds the usual path where there is none. */
    static URI parse(String url) {
        URI uri = parseWhole(url);
        return uri.getRawPath().isEmpty() || uri.getRawPath().equals("/") ? withUsualPath(uri) : uri;
    }

    /** Adds the usual path to whatever there is, as OpenTelemetry does for the variable without METRICS in its name. */
    static URI parseBase(String url) {
        return withUsualPath(parseWhole(url));
    }

    private static URI withUsualPath(URI uri) {
        String path = uri.getRawPath();
        String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + base + PATH + query);
    }

    /** Returns what may be shown of an address: in its query there may be a key. */
    static String shown(String url) {
        return QUERY.matcher(url).replaceFirst("");
    }

    static URI parseWhole(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException wrong) {
            // its message repeats the text, in which there may be a password
            throw new IllegalArgumentException(
                    "the receiver's address is no URL: " + wrong.getReason() + " at index " + wrong.getIndex());
        }
        boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (isWithUser(uri)) {
            throw new IllegalArgumentException(
                    "the receiver's address has a name or a password in it, which others could see: put an"
                            + " Authorization header into a file of headers");
        }
        if (!isHttp || uri.getHost() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the receiver's address '" + shown(url)
                    + "' is none such as http://localhost:4318 or https://collector.example/v1/metrics");
        }
        if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            throw new IllegalArgumentException(
                    "the receiver's port " + uri.getPort() + " is none from 1 to " + LAST_PORT);
        }
        return uri;
    }

    /** An address that has no scheme, or a host that is none, can have a password, too. */
    private static boolean isWithUser(URI uri) {
        String authority = uri.getRawAuthority();
        return (authority == null ? uri.getRawSchemeSpecificPart() : authority).contains("@");
    }
}
