package dev.vireo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a hypervisor: {@code scheme://host/path?option=value}, or {@code scheme:rest} with a rest of any form.
 *
 * <p>A parser of its own, since {@link java.net.URI} refuses {@code libvirt:} and {@code xen://}. The text is kept as
 * it was given; what follows a scheme without {@code //} is never decoded. Immutable and thread-safe.
 */
public final class ConnectionUri {
    /**
     * Holds one option of the query, decoded.
     *
     * @param name the option's name
     * @param value its value, empty if there was none
     */
    public record Parameter(String name, String value) {
        /**
         * Tells by its name whether the value is a secret.
         *
         * @return whether it must not be shown
         */
        public boolean isSecret() {
            return SECRET_NAME.matcher(name).find();
        }

        /** Returns the option fit to be shown. */
        @Override
        public String toString() {
            return name + "=" + (isSecret() ? HIDDEN : value);
        }
    }

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final String HIDDEN = "***";
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)pass|pwd|secret|token|credential");
    // the host follows the last @ of the authority; what stands between the first colon and it is the password
    private static final Pattern PASSWORD = Pattern.compile("(//[^/?#:]*:)[^/?#]*(@[^@/?#]*(?:[/?#]|$))");
    private static final Pattern QUERY_PARAMETER = Pattern.compile("([?&])([^=&]*)=[^&]*");

    private final String text;
    private final String scheme;
    private final String rest;
    private final boolean hierarchical;
    private final @Nullable String user;
    private final @Nullable String host;
    private final String path;
    private final List<Parameter> query;

    private ConnectionUri(String text, String scheme, String rest) {
        this.text = text;
        this.scheme = scheme;
        this.rest = rest;
        hierarchical = rest.startsWith("//");
        if (!hierarchical) {
            user = null;
            host = null;
            path = "";
            query = List.of();
            return;
        }
        int queryStart = rest.indexOf('?');
        String beforeQuery = queryStart < 0 ? rest : rest.substring(0, queryStart);
        int pathStart = beforeQuery.indexOf('/', 2);
        String authority = beforeQuery.substring(2, pathStart < 0 ? beforeQuery.length() : pathStart);
        int at = authority.lastIndexOf('@');
        user = at < 0 ? null : authority.substring(0, at);
        host = authority.isEmpty() ? null : authority.substring(at + 1);
        path = pathStart < 0 ? "" : decode(beforeQuery.substring(pathStart), text);
        query = queryStart < 0 ? List.of() : parseQuery(rest.substring(queryStart + 1), text);
    }

    /**
     * Parses a connection URI.
     *
     * @param text for instance {@code qemu+cgroup:///system} or {@code libvirt:xen:///system}
     * @return the URI
     * @throws HypervisorException {@link ErrorCode#INVALID_ARG} if there is no scheme or a {@code %} is malformed
     */
    public static ConnectionUri parse(String text) {
        Objects.requireNonNull(text, "text");
        int colon = text.indexOf(':');
        if (colon < 0 || !SCHEME.matcher(text.substring(0, colon)).matches()) {
            throw invalid("the connection URI '" + redact(text) + "' has no scheme;"
                    + " write one that names a driver, for instance test:///default");
        }
        return new ConnectionUri(text, text.substring(0, colon).toLowerCase(Locale.ROOT), text.substring(colon + 1));
    }

    /** Tells whether {@link #scheme()} can be this text. */
    static boolean isScheme(String text) {
        return SCHEME.matcher(text).matches() && text.equals(text.toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the URI as it was given. It may hold secrets; show {@link #toString()} to people.
     *
     * @return the text, untouched
     */
    public String text() {
        return text;
    }

    /**
     * Returns what picks the driver.
     *
     * @return the scheme in lower case
     */
    public String scheme() {
        return scheme;
    }

    /**
     * Returns all that follows the scheme and its colon.
     *
     * @return the text, untouched
     */
    public String rest() {
        return rest;
    }

    /**
     * Returns the user of {@code scheme://user@host}.
     *
     * @return the text before the last {@code @} of the authority, untouched
     */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /**
     * Returns the host of {@code scheme://host/path}, with its port if there is one.
     *
     * @return the host, empty in {@code scheme:///path} and {@code scheme:rest}
     */
    public Optional<String> host() {
        return Optional.ofNullable(host);
    }

    /**
     * Returns the path of {@code scheme://host/path}.
     *
     * @return the path with its leading slash, decoded; empty if there is none
     */
    public String path() {
        return path;
    }

    /**
     * Returns the options of {@code ?name=value&name=value}.
     *
     * @return the options, decoded, in their order; an option may be there twice
     */
    public List<Parameter> query() {
        return query;
    }

    /**
     * Checks that the URI names a path on this host, and says what was meant if it does not.
     *
     * @param paths the paths that the driver knows, for instance {@code /system}
     * @throws HypervisorException {@link ErrorCode#INVALID_ARG} if there is a host, or another path
     */
    public void requireLocal(String... paths) {
        List<String> known = List.of(paths);
        String examples = String.join(" or ", known.stream().map(this::local).toList());
        if (host != null && path.isEmpty() && known.contains("/" + host)) {
            throw invalid("'" + this + "' names a host '" + host + "'; did you mean " + local("/" + host) + "?");
        }
        if (host != null) {
            throw invalid("'" + this + "' names the host '" + host + "', but driver URIs of the scheme '" + scheme
                    + "' are about this host only; write " + examples);
        }
        if (!known.contains(path)) {
            throw invalid("'" + this + "' has the path '" + redact(hierarchical ? path : rest) + "', which the scheme '"
                    + scheme + "' does not know; write " + examples);
        }
    }

    private String local(String knownPath) {
        return scheme + "://" + knownPath;
    }

    private static List<Parameter> parseQuery(String query, String text) {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals), text);
            if (!part.isEmpty()) {
                parameters.add(new Parameter(name, equals < 0 ? "" : decode(part.substring(equals + 1), text)));
            }
        }
        return List.copyOf(parameters);
    }

    private static String decode(String part, String text) {
        try {
            // URLDecoder is for forms, where + is a space; in a URI it is itself
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw HypervisorException.of(
                    ErrorCode.INVALID_ARG,
                    HypervisorException.LIBRARY,
                    "the connection URI '" + redact(text) + "' has a malformed % escape; write a plain % as %25",
                    malformed);
        }
    }

    private static HypervisorException invalid(String detail) {
        return HypervisorException.of(ErrorCode.INVALID_ARG, HypervisorException.LIBRARY, detail);
    }

    private static String redact(String text) {
        String withoutPassword = PASSWORD.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(HIDDEN) + "$2");
        return QUERY_PARAMETER.matcher(withoutPassword).replaceAll(match -> {
            String shown =
                    isSecretName(match.group(2)) ? match.group(1) + match.group(2) + "=" + HIDDEN : match.group();
            return Matcher.quoteReplacement(shown);
        });
    }

    private static boolean isSecretName(String encoded) {
        try {
            return SECRET_NAME
                    .matcher(URLDecoder.decode(encoded, StandardCharsets.UTF_8))
                    .find();
        } catch (IllegalArgumentException malformed) {
            return true; // what cannot be read is not shown
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionUri uri && text.equals(uri.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the URI fit to be shown: passwords and tokens are {@code ***}. */
    @Override
    public String toString() {
        return redact(text);
    }
}
