package dev.vireo.cli.top;

import dev.vireo.monitor.Rate;

/** Writes percentages in at most five characters: {@code 99.5}, {@code 25600}; a dash where there is none. */
final class Percent {
    private static final double NO_TENTHS_FROM = 999.95;

    private Percent() {}

    static String text(Rate percent) {
        return percent.isKnown() ? text(percent.value()) : "-";
    }

    /** Rounds to tenths; what has four digits, to whole ones. {@code String.format} would take most of a frame's time. */
    static String text(double percent) {
        if (percent >= NO_TENTHS_FROM) {
            return Long.toString(Math.round(percent));
        }
        long tenths = Math.round(percent * 10);
        return tenths / 10 + "." + tenths % 10;
    }

    /** Returns a percentage to three digits behind the point. */
    static String exact(double percent) {
        long thousandths = Math.round(percent * 1000);
        return thousandths / 1000 + "."
                + Long.toString(1000 + thousandths % 1000).substring(1);
    }
}
