package dev.vireo.exporter.otlp;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses of receivers. */
final class Endpoint {
    private static final String PATH = "/v1/metrics";

    private Endpoint() {}

    /** Adds the usual path where there is none. */
    static URI parse(String url) {
        URI whole = parseWhole(url);
        String path = whole.getRawPath();
        return path == null || path.isEmpty() || path.equals("/") ? parseWhole(withPath(url)) : whole;
    }

    /** Adds the usual path to whatever there is, as OpenTelemetry does for the variable without METRICS in its name. */
    static String withPath(String url) {
        return (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + PATH;
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
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the receiver's address has a name or a password in it, which others could see: put an"
                            + " Authorization header into a file of headers");
        }
        if (!isHttp || uri.getHost() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the receiver's address '" + url
                    + "' is none such as http://localhost:4318 or https://collector.example/v1/metrics");
        }
        return uri;
    }
}
