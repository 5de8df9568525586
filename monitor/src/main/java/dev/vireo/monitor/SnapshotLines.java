package dev.vireo.monitor;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns snapshots into the lines of a recording. What comes again and again (domains, reasons, origins, which numbers a row
 * has) is introduced once a part, and has a number from then on; counters are written as differences. Not thread-safe.
 */
final class SnapshotLines {
    private final int mostEntries;
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<String, Integer> originLines = new HashMap<>();
    private final IdentityHashMap<CpuStatsOrigin, Integer> origins = new IdentityHashMap<>();
    private final Map<String, Integer> shapes = new HashMap<>();
    private final Map<DomainRun, RecordedRun> runs = new HashMap<>();
    private @Nullable String driverName;
    private long monotonicNanos;

    /**
     * Makes one.
     *
     * @param mostEntries how many things are introduced before a new part begins, so that neither side's memory grows for ever
     */
    SnapshotLines(int mostEntries) {
        this.mostEntries = mostEntries;
    }

    /** Appends a snapshot, but for the line that ends it. */
    void append(StringBuilder out, Snapshot snapshot) {
        if (!snapshot.driverName().equals(driverName) || isFull()) {
            beginPart(out, snapshot.driverName());
        }
        String hostCpus = hostCpus(out, snapshot.hostCpuCount());
        out.append(RecordingFormat.SNAPSHOT).append(' ').append(snapshot.wallTime());
        out.append(' ').append(snapshot.monotonicNanos() - monotonicNanos);
        out.append(' ').append(hostCpus).append('\n');
        monotonicNanos = snapshot.monotonicNanos();
        for (int row = 0; row < snapshot.size(); row++) {
            appendRow(out, snapshot, row);
        }
    }

    private boolean isFull() {
        return texts.size() + originLines.size() + origins.size() + shapes.size() + runs.size() > mostEntries;
    }

    private void beginPart(StringBuilder out, String name) {
        texts.clear();
        originLines.clear();
        origins.clear();
        shapes.clear();
        runs.clear();
        monotonicNanos = 0;
        driverName = name;
        out.append(RecordingFormat.PART).append(' ');
        RecordingText.append(out, name);
        out.append('\n');
    }

    private String hostCpus(StringBuilder out, Reading count) {
        return count.isAvailable()
                ? Long.toString(count.value())
                : "?" + text(out, count.reason().orElse(""));
    }

    private void appendRow(StringBuilder out, Snapshot snapshot, int row) {
        RecordedRun run = run(out, snapshot.run(row));
        int shape = shape(out, snapshot, row);
        run.begin(shape);
        out.append(RecordingFormat.ROW).append(base36(run.number()));
        out.append(' ').append(base36(shape));
        appendAges(out.append(' '), snapshot, row);
        int place = 0;
        for (Statistic statistic : Columns.STATISTICS) {
            Column column = snapshot.column(statistic);
            for (int position = 0; position < column.count(row); position++) {
                out.append(' ').append(base36(run.differenceTo(column.value(row, position), place++)));
            }
        }
        out.append('\n');
    }

    private static void appendAges(StringBuilder out, Snapshot snapshot, int row) {
        String first = age(snapshot, row, StatsGroup.CPU_TOTAL);
        String second = age(snapshot, row, StatsGroup.VCPU);
        String third = age(snapshot, row, StatsGroup.HOST_CPU);
        out.append(first);
        if (!second.equals(first) || !third.equals(first)) {
            out.append(',').append(second).append(',').append(third);
        }
    }

    private static String age(Snapshot snapshot, int row, StatsGroup group) {
        ReadTimes times = snapshot.readTimes();
        String age = base36(snapshot.monotonicNanos() - times.at(row, group));
        long took = times.took(row, group);
        return took == 0 ? age : age + '~' + base36(took);
    }

    private static String base36(long number) {
        return Long.toString(number, RecordingFormat.RADIX);
    }

    private RecordedRun run(StringBuilder out, DomainRun run) {
        RecordedRun known = runs.get(run);
        if (known == null) {
            known = new RecordedRun(runs.size());
            runs.put(run, known);
            out.append(RecordingFormat.DOMAIN).append(' ').append(run.uuid());
            out.append(' ').append(run.id());
            out.append(' ').append(run.number());
            out.append(' ').append(run.firstSeen()).append(' ');
            RecordingText.append(out, run.name());
            out.append('\n');
        }
        return known;
    }

    private int shape(StringBuilder out, Snapshot snapshot, int row) {
        StringBuilder line = new StringBuilder(64);
        line.append(snapshot.state(row).name()).append(' ');
        String stale = snapshot.staleReason(row);
        line.append(stale == null ? RecordingFormat.NONE : Integer.toString(text(out, stale)));
        for (StatsGroup group : Row.GROUPS) {
            CpuStatsOrigin origin = snapshot.origin(row, group);
            line.append(' ').append(origin == null ? RecordingFormat.NONE : Integer.toString(origin(out, origin)));
        }
        for (Statistic statistic : Columns.STATISTICS) {
            RecordingFormat.appendIndexes(line.append(' '), snapshot.column(statistic), row);
        }
        appendAbsences(out, line, snapshot.absences(), row);
        return introduce(out, RecordingFormat.SHAPE, shapes, line.toString());
    }

    private void appendAbsences(StringBuilder out, StringBuilder line, Absences absences, int row) {
        for (int position = 0; position < absences.count(row); position++) {
            line.append(' ').append(absences.statistic(row, position).name());
            line.append(':').append(absences.index(row, position));
            line.append(':').append(text(out, absences.reasonAt(row, position)));
        }
    }

    private int origin(StringBuilder out, CpuStatsOrigin origin) {
        Integer known = origins.get(origin);
        if (known != null) {
            return known;
        }
        StringBuilder line = new StringBuilder();
        line.append(origin.since().name()).append(' ');
        line.append(origin.sinceTime().map(Object::toString).orElse(RecordingFormat.NONE));
        line.append(' ').append(origin.generation()).append(' ');
        appendPairs(out, line, origin.missing());
        appendPairs(out, line.append(' '), origin.notes());
        RecordingText.append(line.append(' '), origin.source());
        int number = introduce(out, RecordingFormat.ORIGIN, originLines, line.toString());
        origins.put(origin, number);
        return number;
    }

    private void appendPairs(StringBuilder out, StringBuilder line, Map<String, String> pairs) {
        if (pairs.isEmpty()) {
            line.append(RecordingFormat.NONE);
        }
        String before = "";
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            line.append(before).append(text(out, pair.getKey())).append('=').append(text(out, pair.getValue()));
            before = ",";
        }
    }

    private int text(StringBuilder out, String text) {
        Integer known = texts.get(text);
        if (known != null) {
            return known;
        }
        StringBuilder line = new StringBuilder(text.length());
        RecordingText.append(line, text);
        appendLine(out, RecordingFormat.TEXT, line.toString());
        texts.put(text, texts.size());
        return texts.size() - 1;
    }

    private static int introduce(StringBuilder out, char kind, Map<String, Integer> known, String line) {
        Integer number = known.get(line);
        if (number != null) {
            return number;
        }
        appendLine(out, kind, line);
        known.put(line, known.size());
        return known.size() - 1;
    }

    private static void appendLine(StringBuilder out, char kind, String line) {
        out.append(kind).append(' ').append(line).append('\n');
    }
}
