package dev.vireo.cli.top;

import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.Rates;

/** Writes a table for each interval, as wide as its names. */
public final class TextTicks implements TickWriter {
    private final TopSettings settings;
    private final StringBuilder out;

    /**
     * Makes a writer.
     *
     * @param settings what 100 % is
     * @param out takes the text
     */
    public TextTicks(TopSettings settings, StringBuilder out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public void tick(Rates rates, int[] rows) {
        out.append(HostLine.text(rates, settings, rows.length)).append('\n');
        for (Column column : Column.values()) {
            cell(column, column.label());
        }
        out.append('\n');
        for (int row : rows) {
            line(rates.domain(row));
        }
        out.append('\n');
    }

    private void line(DomainRates domain) {
        for (Column column : Column.values()) {
            cell(column, column.isNumber() ? column.text(domain, settings.of()) : ListPage.name(domain.sample()));
        }
        out.append('\n');
    }

    private void cell(Column column, String text) {
        if (column.isNumber()) {
            out.append(" ".repeat(Math.max(0, column.width() - text.length())));
        }
        out.append(text).append(column == Column.NAME ? "" : " ");
    }
}
