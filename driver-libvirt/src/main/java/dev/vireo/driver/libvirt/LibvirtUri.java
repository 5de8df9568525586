package dev.vireo.driver.libvirt;

import dev.vireo.ConnectionUri;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.driver.libvirt.binding.LastError;
import dev.vireo.spi.UriOption;
import dev.vireo.spi.UriOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a URI says: the text for libvirt, and this driver's own options, which libvirt never sees. What follows
 * {@code libvirt:} is not looked into, so that it has none.
 *
 * @param text what libvirt is to open
 * @param timeout how long a call may take, empty for as long as it takes
 * @param keepAliveSeconds how long a daemon may be silent before it is asked, 0 for ever
 * @param keepAliveCount how often it is asked in vain
 */
record LibvirtUri(String text, Optional<Duration> timeout, int keepAliveSeconds, int keepAliveCount) {
    private static final UriOption<Duration> TIMEOUT =
            UriOption.of("timeout", "a time such as 2s or 500ms", LibvirtUri::duration);
    private static final UriOption<Integer> KEEPALIVE_INTERVAL =
            UriOption.of("keepalive-interval", "a time in whole seconds such as 5s, 0s for never", LibvirtUri::seconds);
    private static final UriOption<Integer> KEEPALIVE_COUNT = UriOption.integer("keepalive-count", 1, 1_000);
    private static final List<UriOption<?>> OPTIONS = List.of(TIMEOUT, KEEPALIVE_INTERVAL, KEEPALIVE_COUNT);

    private static final int DEFAULT_KEEPALIVE_SECONDS = 5;
    private static final int DEFAULT_KEEPALIVE_COUNT = 5;

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");
    // libvirt takes both for the end of an option
    private static final String OPTION_ENDS = "[&;]";

    /** Returns how long a daemon may be silent before the connection is given up, empty for ever. */
    Optional<Duration> patience() {
        return keepAliveSeconds == 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(keepAliveSeconds).multipliedBy(keepAliveCount + 1L));
    }

    /** Tells whether the daemon may be on another host; of an alias or a default nobody knows. */
    boolean mayBeFar() {
        return parsed().map(uri -> uri.host().isPresent()).orElse(true);
    }

    /** Tells whether it says that the daemon is on another host. */
    boolean namesHost() {
        return parsed().flatMap(ConnectionUri::host).isPresent();
    }

    private Optional<ConnectionUri> parsed() {
        try {
            return Optional.of(ConnectionUri.parse(text));
        } catch (HypervisorException anAliasOrNothing) {
            return Optional.empty();
        }
    }

    static LibvirtUri of(ConnectionUri uri) {
        if (uri.scheme().equals(LibvirtSchemes.UNTOUCHED)) {
            requireNoneOfOurs(uri);
            return new LibvirtUri(uri.rest(), Optional.empty(), DEFAULT_KEEPALIVE_SECONDS, DEFAULT_KEEPALIVE_COUNT);
        }
        Split split = Split.of(uri.text());
        UriOptions options = UriOptions.read(ConnectionUri.parse(split.ours()), LastError.ORIGIN, OPTIONS);
        return new LibvirtUri(
                split.others(),
                options.find(TIMEOUT),
                options.find(KEEPALIVE_INTERVAL).orElse(DEFAULT_KEEPALIVE_SECONDS),
                options.find(KEEPALIVE_COUNT).orElse(DEFAULT_KEEPALIVE_COUNT));
    }

    /** libvirt passes over options that it does not know, so that a time-out would be one in name only. */
    private static void requireNoneOfOurs(ConnectionUri uri) {
        Split split = Split.of(uri.rest());
        if (!split.others().equals(uri.rest())) {
            throw HypervisorException.of(
                    ErrorCode.INVALID_ARG,
                    LastError.ORIGIN,
                    "'" + uri
                            + "': what follows 'libvirt:' goes to libvirt as it is, and libvirt knows none of the options "
                            + OPTIONS + "; leave 'libvirt:' out to use them");
        }
    }

    /**
     * A URI in two: with our options alone, and with all others.
     *
     * @param ours the URI with our options
     * @param others the URI without them; the very same text if there are none
     */
    private record Split(String ours, String others) {
        static Split of(String text) {
            int query = text.indexOf('?');
            if (query < 0) {
                return new Split(text, text);
            }
            List<String> ours = new ArrayList<>();
            List<String> others = new ArrayList<>();
            for (String option : text.substring(query + 1).split(OPTION_ENDS, -1)) {
                (isOurs(option) ? ours : others).add(option);
            }
            String before = text.substring(0, query);
            return new Split(with(before, ours), ours.isEmpty() ? text : with(before, others));
        }

        private static String with(String before, List<String> options) {
            return options.isEmpty() ? before : before + "?" + String.join("&", options);
        }

        private static boolean isOurs(String option) {
            int end = option.indexOf('=');
            String name = end < 0 ? option : option.substring(0, end);
            return OPTIONS.stream().anyMatch(known -> known.name().equals(name));
        }
    }

    private static Duration duration(String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no such time");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("not within 1ms to " + LONGEST.toMinutes() + "m");
        }
        return duration;
    }

    private static int seconds(String value) {
        Duration duration = value.equals("0s") ? Duration.ZERO : duration(value);
        if (duration.toMillisPart() != 0) {
            throw new IllegalArgumentException("no whole seconds");
        }
        return Math.toIntExact(duration.toSeconds());
    }
}
