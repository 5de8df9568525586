package dev.vireo.cli;

import java.util.ArrayList;
import java.util.List;

/** Lays rows of text out in columns, two spaces apart. Cells are made safe for the terminal. */
final class Table {
    private final List<String[]> rows = new ArrayList<>();

    Table(String... header) {
        row(header);
    }

    void row(String... cells) {
        String[] safe = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            safe[i] = SafeText.of(cells[i]);
        }
        rows.add(safe);
    }

    void appendTo(StringBuilder out) {
        int[] widths = widths();
        for (String[] row : rows) {
            int last = row.length - 1;
            for (int i = 0; i < last; i++) {
                out.append(row[i]);
                Seconds.pad(out, widths[i] - width(row[i]) + 2, ' ');
            }
            out.append(row[last]);
            stripTrailing(out);
            out.append('\n');
        }
    }

    private int[] widths() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        return widths;
    }

    private static int width(String cell) {
        return (int) cell.codePoints()
                .filter(character -> !Invisible.isMark(character))
                .count();
    }

    private static void stripTrailing(StringBuilder out) {
        while (out.length() > 0 && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
    }
}
