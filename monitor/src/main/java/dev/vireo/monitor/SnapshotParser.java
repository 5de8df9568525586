package dev.vireo.monitor;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the lines of a recording into snapshots: the other side of {@link SnapshotLines}. A line that it cannot read is an
 * {@link IllegalArgumentException} or an {@link IndexOutOfBoundsException}. Not thread-safe.
 */
final class SnapshotParser {
    private static final int PARTS_OF_A_DOMAIN = 5;
    private static final int PARTS_OF_AN_ORIGIN = 6;

    private final SnapshotBuilder builder = new SnapshotBuilder();
    private final List<String> texts = new ArrayList<>();
    private final List<CpuStatsOrigin> origins = new ArrayList<>();
    private final List<RecordedShape> shapes = new ArrayList<>();
    private final List<DomainRun> runs = new ArrayList<>();
    private final List<RecordedRun> recordedRuns = new ArrayList<>();
    private int part;
    private @Nullable String driverName;
    private long monotonicNanos;
    private @Nullable Instant wallTime;
    private Reading hostCpus = Reading.unavailable("");
    private int rows;

    /** Returns which part of the recording was read last, from 1. */
    int part() {
        return part;
    }

    void line(String line) {
        require(line.length() > 1, "too short");
        char kind = line.charAt(0);
        if (kind == RecordingFormat.ROW) {
            row(line.substring(1));
            return;
        }
        require(line.charAt(1) == ' ', "no line of a recording");
        String rest = line.substring(2);
        switch (kind) {
            case RecordingFormat.PART -> beginPart(RecordingText.parse(rest));
            case RecordingFormat.TEXT -> texts.add(RecordingText.parse(rest));
            case RecordingFormat.SNAPSHOT -> begin(rest.split(" ", -1));
            case RecordingFormat.ORIGIN -> origins.add(origin(rest.split(" ", PARTS_OF_AN_ORIGIN)));
            case RecordingFormat.SHAPE -> shapes.add(shape(rest.split(" ", -1)));
            case RecordingFormat.DOMAIN -> addRun(run(rest.split(" ", PARTS_OF_A_DOMAIN)));
            default -> throw new IllegalArgumentException("no line of a recording");
        }
    }

    /** Ends the snapshot whose lines were read. */
    Snapshot end(int expectedRows) {
        Instant time = wallTime;
        String name = driverName;
        if (time == null || name == null) {
            throw new IllegalArgumentException("no snapshot began before its end");
        }
        require(rows == expectedRows, "it has " + rows + " domains, not " + expectedRows);
        wallTime = null;
        return builder.build(monotonicNanos, time, name, hostCpus);
    }

    private void beginPart(String name) {
        texts.clear();
        origins.clear();
        shapes.clear();
        runs.clear();
        recordedRuns.clear();
        monotonicNanos = 0;
        driverName = name;
        part++;
    }

    private void begin(String[] fields) {
        require(fields.length == 3 && driverName != null && wallTime == null, "no snapshot can begin here");
        wallTime = Instant.parse(fields[0]);
        monotonicNanos += Long.parseLong(fields[1]);
        hostCpus = fields[2].startsWith("?")
                ? Reading.unavailable(text(fields[2].substring(1)))
                : Reading.of(Long.parseLong(fields[2]));
        rows = 0;
    }

    private void addRun(DomainRun run) {
        recordedRuns.add(new RecordedRun(runs.size()));
        runs.add(run);
    }

    private static DomainRun run(String[] fields) {
        require(fields.length == PARTS_OF_A_DOMAIN, "a domain has uuid, id, number, time and name");
        return new DomainRun(
                UUID.fromString(fields[0]),
                Integer.parseInt(fields[1]),
                RecordingText.parse(fields[4]),
                Instant.parse(fields[3]),
                Long.parseLong(fields[2]));
    }

    private CpuStatsOrigin origin(String[] fields) {
        require(fields.length == PARTS_OF_AN_ORIGIN, "an origin has six fields");
        CpuStatsOrigin.Builder origin = CpuStatsOrigin.from(RecordingText.parse(fields[5]))
                .since(
                        CpuStatsOrigin.Since.valueOf(fields[0]),
                        fields[1].equals(RecordingFormat.NONE) ? null : Instant.parse(fields[1]))
                .generation(Long.parseLong(fields[2]));
        pairs(fields[3], origin::missing);
        pairs(fields[4], origin::note);
        return origin.build();
    }

    private void pairs(String field, BiConsumer<String, String> out) {
        if (field.equals(RecordingFormat.NONE)) {
            return;
        }
        for (String pair : field.split(",", -1)) {
            String[] two = pair.split("=", -1);
            require(two.length == 2, "'" + pair + "' is no pair");
            out.accept(text(two[0]), text(two[1]));
        }
    }

    private RecordedShape shape(String[] fields) {
        int at = 2;
        List<RecordedShape.MaybeOrigin> shapeOrigins = new ArrayList<>();
        for (int i = 0; i < Row.GROUPS.length; i++, at++) {
            String field = fields[at];
            shapeOrigins.add(new RecordedShape.MaybeOrigin(
                    field.equals(RecordingFormat.NONE) ? null : origins.get(Integer.parseInt(field))));
        }
        List<int[]> indexes = new ArrayList<>();
        for (int i = 0; i < Columns.STATISTICS.length; i++, at++) {
            indexes.add(RecordingFormat.parseIndexes(fields[at]));
        }
        List<RecordedShape.Absence> absences = new ArrayList<>();
        for (; at < fields.length; at++) {
            absences.add(absence(fields[at].split(":", -1)));
        }
        return new RecordedShape(
                DomainState.valueOf(fields[0]),
                fields[1].equals(RecordingFormat.NONE) ? null : text(fields[1]),
                shapeOrigins,
                indexes,
                absences);
    }

    private RecordedShape.Absence absence(String[] fields) {
        require(fields.length == 3, "an absence has three fields");
        Statistic statistic = Statistic.valueOf(fields[0]);
        require(statistic != Statistic.VCPU_STATE, "a snapshot has no " + statistic);
        return new RecordedShape.Absence(statistic, Integer.parseInt(fields[1]), text(fields[2]));
    }

    private void row(String line) {
        require(wallTime != null, "a row without a snapshot");
        String[] fields = line.split(" ", -1);
        int run = (int) number(fields[0]);
        int shapeNumber = (int) number(fields[1]);
        RecordedRun recorded = recordedRuns.get(run);
        RecordedShape shape = shapes.get(shapeNumber);
        recorded.begin(shapeNumber);
        builder.domain(runs.get(run), shape.state(), monotonicNanos);
        readTimes(fields[2].split(",", -1));
        shape.addTo(builder);
        int at = 3;
        for (int i = 0; i < Columns.STATISTICS.length; i++) {
            for (int index : shape.indexes().get(i)) {
                builder.value(Columns.STATISTICS[i], index, recorded.valueAfter(number(fields[at]), at - 3));
                at++;
            }
        }
        require(at == fields.length, "it has " + (fields.length - at) + " numbers too many");
        rows++;
    }

    /** One age is that of all groups. */
    private void readTimes(String[] ages) {
        require(ages.length == 1 || ages.length == Row.GROUPS.length, "a row has one age, or one for each group");
        for (StatsGroup group : Row.GROUPS) {
            String[] parts = ages[ages.length == 1 ? 0 : group.ordinal()].split("~", -1);
            require(parts.length <= 2, "an age has a length, and no more");
            long took = parts.length == 1 ? 0 : number(parts[1]);
            // the middle is what was written; half of an odd number is rounded as it was then
            long from = monotonicNanos - number(parts[0]) - took / 2;
            builder.readBetween(group, from, from + took);
        }
    }

    private static long number(String field) {
        return Long.parseLong(field, RecordingFormat.RADIX);
    }

    private String text(String number) {
        return texts.get(Integer.parseInt(number));
    }

    private static void require(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
