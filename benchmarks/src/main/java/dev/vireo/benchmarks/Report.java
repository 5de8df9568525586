package dev.vireo.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints one section's table as soon as it is measured, and remembers whether all bars were met. */
final class Report {
    private final PrintStream out;
    private final List<List<String>> lines = new ArrayList<>();
    private boolean allMet = true;

    Report(PrintStream out) {
        this.out = out;
    }

    void heading(String... cells) {
        lines.add(List.of(cells));
    }

    /** Adds a line: its cells, then the bar and what became of it. */
    void line(String bar, Verdict verdict, String... cells) {
        allMet &= verdict != Verdict.MISSED;
        List<String> line = new ArrayList<>(List.of(cells));
        line.add(bar);
        line.add(verdict.text());
        lines.add(line);
    }

    /** Prints the lines since the last table: the first column to the left, the numbers to the right. */
    void printTable() {
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String format = column == 0 ? "%-" + width(0) + "s" : "  %" + width(column) + "s";
                text.append(String.format(format, line.get(column)));
            }
            out.println(text.toString().stripTrailing());
        }
        out.println();
        lines.clear();
    }

    void note(String text) {
        out.println(text);
    }

    boolean allMet() {
        return allMet;
    }

    private int width(int column) {
        int widest = 1;
        for (List<String> line : lines) {
            widest = column < line.size() ? Math.max(widest, line.get(column).length()) : widest;
        }
        return widest;
    }
}
