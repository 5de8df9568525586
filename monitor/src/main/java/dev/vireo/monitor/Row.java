package dev.vireo.monitor;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainState;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import org.jspecify.annotations.Nullable;

/** One domain's reading, before it has its place in a snapshot. Reused; not thread-safe. */
final class Row {
    private static final int STATISTICS = Statistic.values().length;
    static final StatsGroup[] GROUPS = StatsGroup.values();

    private final Cells[] cells = new Cells[STATISTICS];
    private final AbsenceBuffer absences = new AbsenceBuffer();
    private final @Nullable CpuStatsOrigin[] origins = new CpuStatsOrigin[GROUPS.length];
    private final long[] readAt = new long[GROUPS.length];
    private final long[] took = new long[GROUPS.length];
    private DomainState state = DomainState.NOSTATE;
    private @Nullable String staleReason;

    Row() {
        for (int i = 0; i < STATISTICS; i++) {
            cells[i] = new Cells();
        }
    }

    void begin(DomainState newState) {
        for (Cells each : cells) {
            each.clear();
        }
        absences.clear();
        for (int i = 0; i < GROUPS.length; i++) {
            origins[i] = null;
            readAt[i] = 0;
            took[i] = 0;
        }
        state = newState;
        staleReason = null;
    }

    void value(Statistic statistic, int index, long value) {
        cells[statistic.ordinal()].put(index, value);
    }

    /** A vCPU's state is no time and has no place in a snapshot. */
    void unavailable(Statistic statistic, int index, String reason) {
        if (statistic != Statistic.VCPU_STATE) {
            absences.add(statistic, index, reason);
        }
    }

    /** Says that a whole group is missing. */
    void unavailable(StatsGroup group, String reason) {
        for (Statistic statistic : Columns.STATISTICS) {
            if (statistic.group() == group) {
                absences.add(statistic, 0, reason);
            }
        }
    }

    /** Takes all numbers and reasons of a group out again. */
    void forget(StatsGroup group) {
        for (Statistic statistic : Columns.STATISTICS) {
            if (statistic.group() == group) {
                cells[statistic.ordinal()].clear();
            }
        }
        absences.remove(group);
    }

    /** Says in other words why a whole group is missing. */
    void replaceReason(StatsGroup group, String reason) {
        forget(group);
        unavailable(group, reason);
    }

    void origin(StatsGroup group, @Nullable CpuStatsOrigin origin) {
        origins[group.ordinal()] = origin;
    }

    void state(DomainState newState) {
        state = newState;
    }

    /** Says that a group was read some time between two times. */
    void readBetween(StatsGroup group, long from, long to) {
        took[group.ordinal()] = to - from;
        readAt[group.ordinal()] = from + (to - from) / 2;
    }

    /** Says that all groups were read some time between two times. */
    void readBetween(long from, long to) {
        for (StatsGroup group : GROUPS) {
            readBetween(group, from, to);
        }
    }

    void stale(String reason) {
        staleReason = reason;
    }

    /** Has no numbers, all for one reason. */
    void beginUnread(String reason, long now) {
        begin(DomainState.NOSTATE);
        readBetween(now, now);
        for (StatsGroup group : GROUPS) {
            unavailable(group, reason);
        }
    }

    /** Takes over an earlier reading. */
    void copyOf(Snapshot snapshot, int row) {
        begin(snapshot.state(row));
        for (Statistic statistic : Columns.STATISTICS) {
            Column column = snapshot.column(statistic);
            for (int position = 0; position < column.count(row); position++) {
                value(statistic, column.index(row, position), column.value(row, position));
            }
        }
        snapshot.absences().copyTo(this, row);
        for (StatsGroup group : GROUPS) {
            origin(group, snapshot.origin(row, group));
            readAt[group.ordinal()] = snapshot.readTimes().at(row, group);
            took[group.ordinal()] = snapshot.readTimes().took(row, group);
        }
    }

    boolean has(Statistic statistic) {
        return cells[statistic.ordinal()].count() > 0;
    }

    Cells cells(Statistic statistic) {
        return cells[statistic.ordinal()];
    }

    AbsenceBuffer absences() {
        return absences;
    }

    @Nullable CpuStatsOrigin origin(StatsGroup group) {
        return origins[group.ordinal()];
    }

    DomainState state() {
        return state;
    }

    /** Returns the middle of the time in which a group was read. */
    long readAt(StatsGroup group) {
        return readAt[group.ordinal()];
    }

    /** Returns how long that time is. */
    long took(StatsGroup group) {
        return took[group.ordinal()];
    }

    @Nullable String staleReason() {
        return staleReason;
    }
}
