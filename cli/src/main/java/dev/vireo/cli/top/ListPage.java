package dev.vireo.cli.top;

import dev.vireo.cli.SafeText;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Rates;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** A header and a line for each domain. Columns that do not fit are left out, the CPU time and the name last of all. */
final class ListPage {
    private static final int NAME_WIDTH = 16;
    private static final List<Column> BY_IMPORTANCE =
            List.of(Column.CPU, Column.STEAL, Column.VCPUS, Column.USER, Column.SYSTEM, Column.OVERHEAD);

    private final Rates rates;
    private final TopState state;
    private final Styles styles;

    ListPage(Rates rates, TopState state, Styles styles) {
        this.rates = rates;
        this.state = state;
        this.styles = styles;
    }

    List<AttributedString> lines(int width, int height) {
        Set<Column> columns = columns(width);
        List<AttributedString> lines = new ArrayList<>(height);
        lines.add(header(columns, width));
        for (int row : state.selection().visible(height - 1)) {
            lines.add(line(rates.domain(row), row == state.selection().row(), columns, width));
        }
        return lines;
    }

    private static Set<Column> columns(int width) {
        Set<Column> columns = EnumSet.of(Column.CPU);
        int used = 1 + Column.CPU.width();
        for (Column column : BY_IMPORTANCE) {
            if (!columns.contains(column) && used + 1 + column.width() + 1 + NAME_WIDTH <= width) {
                columns.add(column);
                used += 1 + column.width();
            }
        }
        return columns;
    }

    private AttributedString header(Set<Column> columns, int width) {
        AttributedStyle style = styles.header();
        Line line = new Line(width);
        for (Column column : columns) {
            line.right(column.label(), column.width() + 1, style);
        }
        return line.text(" " + Column.NAME.label(), style).end(style);
    }

    private AttributedString line(DomainRates domain, boolean isSelected, Set<Column> columns, int width) {
        AttributedStyle style = style(domain.sample(), isSelected);
        Line line = new Line(width).text(isSelected ? ">" : " ", style);
        boolean isFirst = true;
        for (Column column : columns) {
            line.right(column.text(domain, state.settings().of()), column.width() + (isFirst ? 0 : 1), style);
            isFirst = false;
        }
        return line.text(" " + name(domain.sample()), style).end(style);
    }

    private AttributedStyle style(DomainSample sample, boolean isSelected) {
        return isSelected ? styles.selected() : sample.isStale() ? styles.stale() : styles.text();
    }

    /** Returns the name of a domain as it is shown; that its numbers are old stands before it, where no length cuts it off. */
    static String name(DomainSample sample) {
        String name = SafeText.of(sample.name());
        return sample.isStale() ? "(" + HostLine.seconds(sample.age()) + " s old) " + name : name;
    }
}
