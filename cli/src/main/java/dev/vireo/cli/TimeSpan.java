package dev.vireo.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long something is to last: {@code 500ms}, {@code 2s}, {@code 1min}. */
final class TimeSpan {
    private static final Pattern FORM = Pattern.compile("(?<number>[0-9]{1,9})(?<unit>ms|s|min)");

    private TimeSpan() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none, or nothing at all
     */
    static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Long.parseLong(form.group("number")) == 0) {
            throw new IllegalArgumentException("'" + text + "' is no time; examples are 500ms, 2s and 1min");
        }
        long number = Long.parseLong(form.group("number"));
        return switch (form.group("unit")) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }
}
