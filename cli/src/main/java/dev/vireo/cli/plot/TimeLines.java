package dev.vireo.cli.plot;

import dev.vireo.monitor.Denominator;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.Rate;
import dev.vireo.monitor.Rates;
import dev.vireo.monitor.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The second look at a recording: the lines of the domains that are drawn by themselves, and what the others are within. */
final class TimeLines implements RecordedTimes.Visitor {
    /** CPU and steal of one domain. */
    record Pair(PixelLine cpu, PixelLine steal) {}

    private final Denominator of;
    private final Map<String, Pair> drawn = new HashMap<>();
    private final Map<String, Boolean> others = new HashMap<>();
    private final Pair rest;
    private final Pair middle;
    private final Spread cpuSpread = new Spread();
    private final Spread stealSpread = new Spread();

    private TimeLines(Summary summary, List<DomainUse> lines, List<DomainUse> rest, Denominator of, int columns) {
        this.of = of;
        this.rest = pair(summary, columns);
        middle = pair(summary, columns);
        lines.forEach(use -> drawn.put(Summary.key(use), pair(summary, columns)));
        rest.forEach(use -> others.put(Summary.key(use), true));
    }

    static TimeLines of(
            Path file, Summary summary, List<DomainUse> lines, List<DomainUse> rest, Denominator of, int columns)
            throws IOException {
        TimeLines read = new TimeLines(summary, lines, rest, of, columns);
        RecordedTimes.walk(file, read);
        return read;
    }

    private static Pair pair(Summary summary, int columns) {
        return new Pair(
                new PixelLine(summary.firstMillis(), summary.lastMillis(), columns),
                new PixelLine(summary.firstMillis(), summary.lastMillis(), columns));
    }

    @Override
    public void first(Snapshot snapshot, double millis) {}

    @Override
    public void rates(Rates rates, double millis, int number) {
        cpuSpread.clear();
        stealSpread.clear();
        for (DomainRates domain : rates.domains()) {
            String key = Summary.key(domain);
            Pair pair = drawn.get(key);
            if (pair != null) {
                add(pair.cpu(), domain.percent(domain.total(), of), millis, number);
                add(pair.steal(), domain.percent(domain.steal(), of), millis, number);
            } else if (others.containsKey(key)) {
                cpuSpread.add(domain.percent(domain.total(), of));
                stealSpread.add(domain.percent(domain.steal(), of));
            }
        }
        cpuSpread.addTo(rest.cpu(), middle.cpu(), millis, number);
        stealSpread.addTo(rest.steal(), middle.steal(), millis, number);
    }

    private static void add(PixelLine line, Rate percent, double millis, int number) {
        if (percent.isKnown()) {
            line.add(millis, percent.value(), number);
        }
    }

    Pair of(DomainUse use) {
        return Objects.requireNonNull(drawn.get(Summary.key(use)));
    }

    /** Returns within what the domains are that have no line. */
    Pair rest() {
        return rest;
    }

    /** Returns within what the middle 80 % of them are. */
    Pair middle() {
        return middle;
    }

    boolean hasSteal() {
        return !rest.steal().isEmpty()
                || drawn.values().stream().anyMatch(pair -> !pair.steal().isEmpty());
    }

    boolean hasFolded() {
        return drawn.values().stream().anyMatch(pair -> pair.cpu().hasFolded());
    }
}
