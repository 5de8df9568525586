package dev.vireo.cli.top;

import dev.vireo.Statistic;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.Rates;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** The heat map: a line for each domain, a column for each host CPU or group of them. */
final class MapPage {
    private static final String BLOCKS = ".\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final int RULER_STEP = 8;
    private static final int NARROW = 20;

    private final Rates rates;
    private final TopState state;
    private final Styles styles;

    MapPage(Rates rates, TopState state, Styles styles) {
        this.rates = rates;
        this.state = state;
        this.styles = styles;
    }

    List<AttributedString> lines(int width, int height) {
        int headers = headers(height);
        int[] rows = state.selection().visible(height - headers);
        CpuFold fold = CpuFold.of(rates, rows, width - left(width) - 1 - nameWidth(width));
        List<AttributedString> lines = new ArrayList<>(height);
        lines.add(header(text(fold, rows), width));
        if (headers > 1) {
            lines.add(ruler(fold, width));
        }
        for (int row : rows) {
            lines.add(line(rates.domain(row), row == state.selection().row(), fold, width));
        }
        return lines;
    }

    /** Returns how many lines come before the domains. */
    static int headers(int height) {
        return height >= TopScreen.SMALL_HEIGHT ? 2 : 1;
    }

    /** Returns what is left of the map: a mark and, where there is room, the CPU time. */
    private static int left(int width) {
        return width < NARROW ? 1 : 2 + Column.CPU.width();
    }

    private static int nameWidth(int width) {
        return Math.max(3, Math.min(24, width / 4));
    }

    private String text(CpuFold fold, int[] rows) {
        if (fold.columns() > 0 || rows.length == 0) {
            return fold.text();
        }
        return fold.text() + ": "
                + rates.later()
                        .domain(rows[0])
                        .nanos(Statistic.HOST_CPU_TIME, 0)
                        .reason()
                        .orElse("");
    }

    private AttributedString header(String text, int width) {
        return new Line(width).text(text, styles.header()).end(styles.header());
    }

    private AttributedString ruler(CpuFold fold, int width) {
        AttributedStyle style = styles.header();
        Line line = new Line(width);
        if (left(width) > 1) {
            line.right(Column.CPU.label(), left(width) - 1, style).blanks(1, style);
        } else {
            line.blanks(1, style);
        }
        for (int column = 0; column < fold.columns(); column += RULER_STEP) {
            int room = Math.min(RULER_STEP, fold.columns() - column);
            String id = Integer.toString(fold.firstCpu(column));
            String shown = id.length() <= room ? id : "";
            line.text(shown, style).blanks(room - shown.length(), style);
        }
        return line.text(" " + Column.NAME.label(), style).end(style);
    }

    private AttributedString line(DomainRates domain, boolean isSelected, CpuFold fold, int width) {
        AttributedStyle style = isSelected ? styles.selected() : styles.text();
        Line line = new Line(width).text(isSelected ? ">" : " ", style);
        if (left(width) > 1) {
            line.right(Column.CPU.text(domain, state.settings().of()), Column.CPU.width(), style)
                    .blanks(1, style);
        }
        for (int column = 0; column < fold.columns(); column++) {
            int level = fold.level(domain, column);
            line.text(level == CpuFold.UNKNOWN ? "-" : BLOCKS.substring(level, level + 1), styles.heat(level));
        }
        return line.text(" " + ListPage.name(domain.sample()), style).end(style);
    }
}
