package dev.vireo.cli.top;

import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Rate;
import dev.vireo.monitor.Rates;
import java.util.Locale;

/** Writes comma-separated values: a line of names, then one for each domain and interval. What is not known is empty. */
public final class CsvTicks implements TickWriter {
    private static final String HEADER = "time,interval_seconds,name,uuid,id,state,percent_of,cpu_percent,user_percent,"
            + "system_percent,steal_percent,vcpus,overhead_percent,stale_seconds\n";

    private final TopSettings settings;
    private final String denominator;
    private final StringBuilder out;

    /**
     * Makes a writer.
     *
     * @param settings what 100 % is
     * @param denominator its word on the command line
     * @param out takes the text
     */
    public CsvTicks(TopSettings settings, String denominator, StringBuilder out) {
        this.settings = settings;
        this.denominator = denominator;
        this.out = out;
    }

    @Override
    public void begin() {
        out.append(HEADER);
    }

    @Override
    public void tick(Rates rates, int[] rows) {
        String time = HostLine.isoTime(rates.later().wallTime());
        String interval = HostLine.seconds(rates.interval());
        for (int row : rows) {
            out.append(time).append(',').append(interval);
            line(rates.domain(row));
        }
    }

    private void line(DomainRates domain) {
        DomainSample sample = domain.sample();
        text(CsvName.of(sample.name()));
        text(sample.uuid().toString());
        text(Integer.toString(sample.id()));
        text(sample.state().name().toLowerCase(Locale.ROOT));
        text(denominator);
        for (Column column : Column.values()) {
            if (column.isNumber()) {
                Rate number = column.of(domain, settings.of());
                text(number.isKnown() ? number(column, number.value()) : "");
            }
        }
        text(sample.isStale() ? HostLine.seconds(sample.age()) : "");
        out.append('\n');
    }

    private static String number(Column column, double value) {
        return column == Column.VCPUS ? Long.toString((long) value) : Percent.exact(value);
    }

    private void text(String text) {
        out.append(',');
        if (text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf(';') < 0) {
            out.append(text);
        } else {
            out.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }
}
