package dev.vireo.cli;

import dev.vireo.monitor.Denominator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** What can be chosen where a command takes one sample after the other: the time between them, their number, what 100 % is. */
final class WatchOptions {
    /** The longest time that an option takes, unless it says otherwise. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final BigDecimal TOO_LONG = BigDecimal.valueOf(LONGEST.toNanos() + 1);
    /** What people write; Java would read {@code 0x1p0}, {@code 1d} and {@code Infinity}, too. */
    private static final Pattern PLAIN = Pattern.compile("[0-9]+(\\.[0-9]+)?|\\.[0-9]+");

    /** The words that {@code --of} has. */
    static final List<String> DENOMINATORS =
            Arrays.stream(Denominator.values()).map(WatchOptions::word).toList();

    private WatchOptions() {}

    static CommandSpec addTo(CommandSpec spec) {
        spec.addOption(Specs.text("time between two samples, 1 without it; 0.5 is half a second", "-d", "SECONDS"));
        spec.addOption(Specs.number("end after so many samples", "-n"));
        return spec;
    }

    /** Reads the time between two samples from an option: a second if that is not given. */
    static Duration period(Invocation invocation, String option, Duration shortest) {
        return period(invocation, option, shortest, LONGEST);
    }

    /** Reads it where the longest is another. */
    static Duration period(Invocation invocation, String option, Duration shortest, Duration longest) {
        String text = invocation.text(option);
        if (text == null) {
            return Duration.ofSeconds(1);
        }
        long nanos = PLAIN.matcher(text).matches() ? nanos(text) : -1;
        if (nanos < shortest.toNanos() || nanos > longest.toNanos()) {
            throw invocation.misuse(
                    option,
                    "'" + text + "' is no number of seconds from " + seconds(shortest) + " to " + seconds(longest)
                            + ", such as 1 or 0.5");
        }
        return Duration.ofNanos(nanos);
    }

    private static long nanos(String seconds) {
        BigDecimal nanos = new BigDecimal(seconds).movePointRight(9).min(TOO_LONG);
        return nanos.setScale(0, RoundingMode.DOWN).longValueExact();
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    /** Reads {@code -n}: without it there is no end. */
    static int count(Invocation invocation) {
        Integer count = invocation.number("-n");
        if (count != null && count < 1) {
            throw invocation.misuse("-n", "it is 1 or more");
        }
        return count == null ? Integer.MAX_VALUE : count;
    }

    /** Reads {@code --of}. */
    static Denominator denominator(Invocation invocation) {
        String text = invocation.text("--of");
        if (text == null) {
            return Denominator.DEFAULT;
        }
        for (Denominator denominator : Denominator.values()) {
            if (word(denominator).equals(text)) {
                return denominator;
            }
        }
        throw invocation.misuse("--of", "'" + text + "' is none of core, vcpus, host");
    }

    /** Returns the word that {@code --of} has for it. */
    static String word(Denominator denominator) {
        return switch (denominator) {
            case ONE_CORE -> "core";
            case VCPUS -> "vcpus";
            case HOST -> "host";
        };
    }
}
