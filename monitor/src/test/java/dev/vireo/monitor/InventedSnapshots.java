package dev.vireo.monitor;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Snapshots of everything that a snapshot can hold, the same for the same seed; and all that one holds, as text. */
final class InventedSnapshots {
    private static final String[] TEXTS = {
        "",
        "-",
        " two  blanks ",
        "line\nfeed\r",
        "back\\slash \\u0041",
        "\u001b[31mred",
        "\u202eright to left",
        "\ud83d\ude00",
        "lone \ud800",
        "a=b,c:d",
        "E 0 00000000",
        "é",
        "\u2028"
    };

    private final Random random;
    private final List<DomainRun> runs = new ArrayList<>();
    private final List<CpuStatsOrigin> origins = new ArrayList<>();

    InventedSnapshots(long seed) {
        random = new Random(seed);
    }

    static List<Snapshot> of(long seed, int count) {
        InventedSnapshots invented = new InventedSnapshots(seed);
        List<Snapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            snapshots.add(invented.next());
        }
        return snapshots;
    }

    private Snapshot next() {
        SnapshotBuilder builder = new SnapshotBuilder();
        for (int i = 0; i < 3; i++) {
            runs.add(run());
            origins.add(origin());
        }
        int domains = random.nextInt(5);
        for (int i = 0; i < domains; i++) {
            add(builder, any(runs));
        }
        Reading cpus = random.nextBoolean() ? Reading.of(random.nextInt(300)) : Reading.unavailable(text());
        return builder.build(random.nextLong(), time(), random.nextInt(4) == 0 ? text() : "test", cpus);
    }

    private void add(SnapshotBuilder builder, DomainRun run) {
        builder.domain(run, any(List.of(DomainState.values())), random.nextLong());
        for (StatsGroup group : StatsGroup.values()) {
            if (random.nextInt(3) == 0) {
                long from = random.nextLong();
                builder.readBetween(group, from, from + random.nextInt(1 << random.nextInt(31)));
            }
            if (random.nextBoolean()) {
                builder.origin(group, any(origins));
            }
        }
        for (Statistic statistic : Columns.STATISTICS) {
            int index = 0;
            for (int i = random.nextInt(6); i > 0; i--) {
                builder.value(statistic, index, random.nextLong() >> random.nextInt(64));
                index += random.nextInt(3) == 0 ? 1 + random.nextInt(9) : 1;
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                builder.unavailable(statistic, random.nextInt(4), text());
            }
        }
        if (random.nextInt(4) == 0) {
            builder.stale(text());
        }
    }

    private DomainRun run() {
        return new DomainRun(
                new UUID(random.nextLong(), random.nextLong()), random.nextInt(), text(), time(), random.nextLong());
    }

    private CpuStatsOrigin origin() {
        CpuStatsOrigin.Builder origin = CpuStatsOrigin.from(text()).generation(random.nextLong());
        origin.since(any(List.of(CpuStatsOrigin.Since.values())), random.nextBoolean() ? time() : null);
        for (int i = random.nextInt(3); i > 0; i--) {
            origin.missing(text(), text()).note(text(), text());
        }
        return origin.build();
    }

    private Instant time() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Returns all that a snapshot holds. */
    static String describe(Snapshot snapshot) {
        StringBuilder all = new StringBuilder();
        all.append(snapshot.monotonicNanos()).append('|').append(snapshot.wallTime());
        all.append('|').append(snapshot.driverName()).append('|').append(snapshot.hostCpuCount());
        for (DomainSample domain : snapshot.domains()) {
            describe(all.append("\n"), domain);
        }
        return all.toString();
    }

    private static void describe(StringBuilder all, DomainSample domain) {
        all.append(domain.run()).append('|').append(domain.state()).append('|').append(domain.readAtNanos());
        all.append('|').append(domain.staleReason());
        for (StatsGroup group : StatsGroup.values()) {
            all.append('|')
                    .append(domain.readAtNanos(group))
                    .append(domain.readingTook(group))
                    .append(domain.source(group))
                    .append(domain.origin(group).map(InventedSnapshots::describe));
        }
        for (Statistic statistic : Columns.STATISTICS) {
            all.append("\n ").append(statistic).append(" x").append(domain.count(statistic));
            for (int index = 0; index < 64; index++) {
                all.append(' ').append(domain.nanos(statistic, index));
            }
        }
    }

    private static String describe(CpuStatsOrigin origin) {
        return origin + " " + origin.notes();
    }
}
