package dev.vireo.cli.top;

import java.util.ArrayList;
import java.util.List;

/** Breaks text that is to be read to its end into lines, at blanks where there are any. */
final class Wrapped {
    private static final String INDENT = "    ";
    private static final int NARROW = 20;

    private Wrapped() {}

    static List<String> lines(List<String> text, int width) {
        List<String> lines = new ArrayList<>(text.size());
        for (String line : text) {
            wrap(line, width, lines);
        }
        return lines;
    }

    private static void wrap(String text, int width, List<String> lines) {
        String indent = width < NARROW ? "" : INDENT;
        String rest = text;
        while (Line.width(rest) > width) {
            int end = fitting(rest, width);
            int blank = rest.lastIndexOf(' ', end);
            int at = blank > indent.length() && !rest.substring(0, blank).isBlank() ? blank : end;
            lines.add(rest.substring(0, at));
            rest = indent + rest.substring(at).stripLeading();
        }
        if (rest.equals(text) || !rest.isBlank()) {
            lines.add(rest);
        }
    }

    /** Returns how much of a text fits, at least a character. */
    private static int fitting(String text, int width) {
        int end = 0;
        int columns = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            columns += Line.width(Character.toString(character));
            if (columns > width && end > 0) {
                break;
            }
            end += Character.charCount(character);
        }
        return end;
    }
}
