package dev.vireo.monitor;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Snapshot}, domain by domain: for samplers, and for whoever has written snapshots down and reads them again.
 * May be used again after {@link #build}, and then allocates the snapshot alone. Not thread-safe.
 */
public final class SnapshotBuilder {
    private static final int GROUPS = Row.GROUPS.length;

    private final Row row = new Row();
    private @Nullable DomainRun current;
    private final ColumnBuffer[] columns = new ColumnBuffer[Statistic.values().length];
    private final AbsenceBuffer absences = new AbsenceBuffer();
    private DomainRun[] runs = new DomainRun[16];
    private DomainState[] states = new DomainState[16];
    private final ReadTimesBuffer readTimes = new ReadTimesBuffer();
    private @Nullable String[] staleReasons = new String[16];
    private @Nullable CpuStatsOrigin[] origins = new CpuStatsOrigin[16 * GROUPS];
    private int size;
    private int staleCount;

    /** Makes a builder of a snapshot without domains. */
    public SnapshotBuilder() {
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new ColumnBuffer();
        }
    }

    /**
     * Begins the next domain: what follows is about it.
     *
     * @param run which domain, and which run of it
     * @param state its state
     * @param readAtNanos when all of it was read, by the clock of the snapshot's {@link Snapshot#monotonicNanos()}
     * @return this builder
     */
    public SnapshotBuilder domain(DomainRun run, DomainState state, long readAtNanos) {
        endDomain();
        current = Objects.requireNonNull(run, "run");
        row.begin(Objects.requireNonNull(state, "state"));
        row.readBetween(readAtNanos, readAtNanos);
        return this;
    }

    /**
     * Says when a group of numbers was read, where that was another time than that of the domain, or is not known exactly.
     *
     * @param group which numbers
     * @param fromNanos when it was not yet read, by the clock of the snapshot's {@link Snapshot#monotonicNanos()}
     * @param toNanos when it had been read, by the same clock
     * @return this builder
     */
    public SnapshotBuilder readBetween(StatsGroup group, long fromNanos, long toNanos) {
        if (toNanos - fromNanos < 0) {
            throw new IllegalArgumentException(group + " was read before " + toNanos + " and after " + fromNanos);
        }
        row.readBetween(group, fromNanos, toNanos);
        return this;
    }

    /**
     * Gives a time that was read.
     *
     * @param statistic what it is; {@link Statistic#VCPU_STATE} is left out
     * @param index the number of the vCPU or the id of the host CPU, 0 otherwise
     * @param nanos nanoseconds, unsigned
     * @return this builder
     */
    public SnapshotBuilder value(Statistic statistic, int index, long nanos) {
        row.value(statistic, index, nanos);
        return this;
    }

    /**
     * Says why a time is missing.
     *
     * @param statistic what it is
     * @param index as in {@link #value}; 0 also where all indexes lack it
     * @param reason why, fit to be shown after "unavailable, because"
     * @return this builder
     */
    public SnapshotBuilder unavailable(Statistic statistic, int index, String reason) {
        row.unavailable(statistic, index, Objects.requireNonNull(reason, "reason"));
        return this;
    }

    /**
     * Says where the numbers of a group come from.
     *
     * @param group which numbers
     * @param origin their source and generation
     * @return this builder
     */
    public SnapshotBuilder origin(StatsGroup group, CpuStatsOrigin origin) {
        row.origin(group, Objects.requireNonNull(origin, "origin"));
        return this;
    }

    /**
     * Says that the domain could not be read this time, and that its numbers are those of an earlier reading.
     *
     * @param reason why
     * @return this builder
     */
    public SnapshotBuilder stale(String reason) {
        row.stale(Objects.requireNonNull(reason, "reason"));
        return this;
    }

    /**
     * Makes the snapshot and begins the next one.
     *
     * @param monotonicNanos when it was complete, by a clock that never goes back
     * @param wallTime the same by the clock on the wall
     * @param driverName which driver the numbers come from
     * @param hostCpuCount how many CPUs of the host are online
     * @return the snapshot
     */
    public Snapshot build(long monotonicNanos, Instant wallTime, String driverName, Reading hostCpuCount) {
        endDomain();
        Snapshot snapshot = new Snapshot(this, monotonicNanos, wallTime, driverName, hostCpuCount);
        clear();
        return snapshot;
    }

    /** Appends a domain that was gathered elsewhere. */
    void append(DomainRun run, Row from) {
        if (size == runs.length) {
            grow();
        }
        runs[size] = run;
        states[size] = from.state();
        readTimes.append(from);
        staleReasons[size] = from.staleReason();
        staleCount += from.staleReason() == null ? 0 : 1;
        for (StatsGroup group : Row.GROUPS) {
            origins[size * GROUPS + group.ordinal()] = from.origin(group);
        }
        for (Statistic statistic : Columns.STATISTICS) {
            columns[statistic.ordinal()].append(from.cells(statistic));
        }
        absences.append(from.absences());
        size++;
    }

    /** Forgets what was gathered. */
    void clear() {
        for (ColumnBuffer column : columns) {
            column.clear();
        }
        absences.clear();
        readTimes.clear();
        Arrays.fill(staleReasons, 0, size, null);
        Arrays.fill(origins, 0, size * GROUPS, null);
        current = null;
        size = 0;
        staleCount = 0;
    }

    int size() {
        return size;
    }

    Columns columns() {
        return new Columns(columns);
    }

    Absences absences() {
        return absences.build();
    }

    DomainRun[] runs() {
        return Arrays.copyOf(runs, size);
    }

    DomainState[] states() {
        return Arrays.copyOf(states, size);
    }

    ReadTimes readTimes() {
        return readTimes.build();
    }

    /** Returns null if no domain is stale. */
    @Nullable String @Nullable [] staleReasons() {
        return staleCount == 0 ? null : Arrays.copyOf(staleReasons, size);
    }

    @Nullable CpuStatsOrigin[] origins() {
        return Arrays.copyOf(origins, size * GROUPS);
    }

    private void endDomain() {
        DomainRun run = current;
        if (run != null) {
            current = null;
            append(run, row);
        }
    }

    private void grow() {
        runs = Arrays.copyOf(runs, size * 2);
        states = Arrays.copyOf(states, size * 2);
        staleReasons = Arrays.copyOf(staleReasons, size * 2);
        origins = Arrays.copyOf(origins, size * 2 * GROUPS);
    }
}
