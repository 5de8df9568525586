package dev.vireo.cli.record;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a recording goes on in a new file.
 *
 * @param bytes as soon as the file has so many
 * @param nanos as soon as so much time has passed since the file was begun, or opened
 */
public record Rotation(long bytes, long nanos) {
    /** One file, however large. */
    public static final Rotation NEVER = new Rotation(Long.MAX_VALUE, Long.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("(?<number>[0-9]{1,6})(?<unit>[kMG]|s|min|h|d)");
    private static final long SECOND = 1_000_000_000L;

    /**
     * Reads a size ({@code 500k}, {@code 100M}, {@code 2G}) or a time ({@code 30min}, {@code 12h}, {@code 1d}).
     *
     * @param text the text
     * @return when to rotate
     * @throws IllegalArgumentException if it is neither
     */
    public static Rotation parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Long.parseLong(form.group("number")) == 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a size nor a time; examples are 500k, 100M, 30min and 1d");
        }
        long number = Long.parseLong(form.group("number"));
        return switch (form.group("unit")) {
            case "k" -> size(number << 10);
            case "M" -> size(number << 20);
            case "G" -> size(number << 30);
            case "s" -> time(number);
            case "min" -> time(number * 60);
            case "h" -> time(number * 3600);
            default -> time(number * 86_400);
        };
    }

    private static Rotation size(long bytes) {
        return new Rotation(bytes, Long.MAX_VALUE);
    }

    private static Rotation time(long seconds) {
        return new Rotation(Long.MAX_VALUE, Math.min(seconds, Long.MAX_VALUE / SECOND) * SECOND);
    }
}
