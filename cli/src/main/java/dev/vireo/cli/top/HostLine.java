package dev.vireo.cli.top;

import dev.vireo.cli.SafeText;
import dev.vireo.monitor.Rates;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** The line above everything: what 100 % is, first, since a narrow terminal cuts the end off. */
final class HostLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private HostLine() {}

    static String text(Rates rates, TopSettings settings, int shown) {
        HostSum sum = HostSum.of(rates, settings.of());
        StringBuilder text = new StringBuilder(settings.of().label());
        text.append("  sum ").append(Percent.text(sum.percent()));
        if (sum.without() > 0) {
            text.append(" without ").append(sum.without());
        }
        text.append("  ").append(domains(rates.size(), shown));
        text.append("  in ").append(interval(rates));
        text.append("  by ").append(settings.sort().label());
        if (!settings.filter().isEmpty()) {
            text.append("  filter ").append(SafeText.of(settings.filter()));
        }
        text.append("  ").append(TIME.format(rates.later().wallTime()));
        return text.toString();
    }

    /** Returns a time by the clock on the wall, to the millisecond. */
    static String isoTime(Instant time) {
        return ISO.format(time);
    }

    /** Returns a dash where two snapshots have not been made yet. */
    static String interval(Rates rates) {
        Duration interval = rates.interval();
        return interval.isZero() || interval.isNegative() ? "-" : seconds(interval) + " s";
    }

    /** Returns seconds with three digits behind the point. */
    static String seconds(Duration time) {
        String millis = Long.toString(1000 + time.toMillisPart());
        return time.toSeconds() + "." + millis.substring(1);
    }

    private static String domains(int all, int shown) {
        String count = shown == all ? Integer.toString(all) : shown + "/" + all;
        return count + (all == 1 ? " domain" : " domains");
    }
}
