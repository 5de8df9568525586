package dev.vireo.it;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The figures of a printed {@code cpu-stats}, in nanoseconds, by heading and name: {@code Total/cpu_time}. */
final class PrintedStats {
    private static final Pattern HEADING = Pattern.compile("(\\w+):");
    private static final Pattern FIGURE = Pattern.compile("\\t(\\w+) +(\\d+\\.\\d{9}) seconds");

    private PrintedStats() {}

    static Map<String, Long> parse(String text) {
        Map<String, Long> figures = new TreeMap<>();
        String heading = "";
        for (String line : text.lines().toList()) {
            Matcher newHeading = HEADING.matcher(line);
            Matcher figure = FIGURE.matcher(line);
            if (newHeading.matches()) {
                heading = newHeading.group(1);
            } else if (figure.matches()) {
                long nanos = new BigDecimal(figure.group(2)).movePointRight(9).longValueExact();
                figures.put(heading + "/" + figure.group(1), nanos);
            } else if (!line.isEmpty()) {
                throw new AssertionError("not a line of cpu-stats: '" + line + "'");
            }
        }
        return figures;
    }
}
