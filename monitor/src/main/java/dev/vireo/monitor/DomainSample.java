package dev.vireo.monitor;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One domain in a {@link Snapshot}: who it is, when it was read, and each time with its source or the reason why it is not
 * there. All times are unsigned nanoseconds since the source began to count. Immutable and thread-safe.
 */
public final class DomainSample {
    private final Snapshot snapshot;
    private final int row;

    DomainSample(Snapshot snapshot, int row) {
        this.snapshot = snapshot;
        this.row = row;
    }

    /**
     * Returns the snapshot that this is a row of.
     *
     * @return the snapshot
     */
    public Snapshot snapshot() {
        return snapshot;
    }

    /**
     * Returns which row this is.
     *
     * @return from 0
     */
    public int row() {
        return row;
    }

    /**
     * Returns which domain this is, and which run of it.
     *
     * @return the identity, which is the same in each snapshot of a sampler
     */
    public DomainRun run() {
        return snapshot.run(row);
    }

    /**
     * Returns the domain's uuid.
     *
     * @return the uuid
     */
    public UUID uuid() {
        return run().uuid();
    }

    /**
     * Returns the domain's id.
     *
     * @return the number of this run on its host
     */
    public int id() {
        return run().id();
    }

    /**
     * Returns the domain's name.
     *
     * @return the name, which may hold any character: make it safe before it is shown
     */
    public String name() {
        return run().name();
    }

    /**
     * Returns the domain's state.
     *
     * @return {@link DomainState#NOSTATE} where it is not known
     */
    public DomainState state() {
        return snapshot.state(row);
    }

    /**
     * Tells whether the domain could not be read this time, so that its numbers are those of an earlier reading, or none.
     *
     * @return whether {@link #staleReason()} says why
     */
    public boolean isStale() {
        return snapshot.staleReason(row) != null;
    }

    /**
     * Returns why the domain could not be read this time.
     *
     * @return the reason, empty if it was read
     */
    public Optional<String> staleReason() {
        return Optional.ofNullable(snapshot.staleReason(row));
    }

    /**
     * Returns when the first of the numbers were read, by the clock of {@link Snapshot#monotonicNanos()}.
     *
     * @return nanoseconds since some point in the past; for a domain that was never read, when that was first tried
     */
    public long readAtNanos() {
        return snapshot.readTimes().first(row);
    }

    /**
     * Returns when the numbers of a group were read, by the clock of {@link Snapshot#monotonicNanos()}: the middle of the time
     * that the call took.
     *
     * @param group which numbers
     * @return nanoseconds since some point in the past
     */
    public long readAtNanos(StatsGroup group) {
        return snapshot.readTimes().at(row, group);
    }

    /**
     * Returns how long the call took that read the numbers of a group. When in that time they were read is not known.
     *
     * @param group which numbers
     * @return the time, zero if it is no more than a millisecond
     */
    public Duration readingTook(StatsGroup group) {
        return Duration.ofNanos(snapshot.readTimes().took(row, group));
    }

    /**
     * Returns how old the first of the numbers were when the snapshot was complete.
     *
     * @return the age, not negative
     */
    public Duration age() {
        return Duration.ofNanos(Math.max(0, snapshot.monotonicNanos() - readAtNanos()));
    }

    /**
     * Returns the CPU time of the whole domain.
     *
     * @return nanoseconds, or the reason why they are missing
     */
    public Reading totalNanos() {
        return nanos(Statistic.CPU_TIME, 0);
    }

    /**
     * Returns the part of it in user mode.
     *
     * @return nanoseconds, or the reason why they are missing
     */
    public Reading userNanos() {
        return nanos(Statistic.CPU_USER, 0);
    }

    /**
     * Returns the part of it in kernel mode.
     *
     * @return nanoseconds, or the reason why they are missing
     */
    public Reading systemNanos() {
        return nanos(Statistic.CPU_SYSTEM, 0);
    }

    /**
     * Returns a time.
     *
     * @param statistic which time: any but {@link Statistic#VCPU_STATE}
     * @param index the number of the vCPU or the id of the host CPU, 0 for the domain as a whole
     * @return nanoseconds, or the reason why they are missing
     */
    public Reading nanos(Statistic statistic, int index) {
        Column column = snapshot.column(statistic);
        int position = column.position(row, index);
        return position < 0 ? Reading.unavailable(reason(statistic, index)) : Reading.of(column.value(row, position));
    }

    /**
     * Returns how many times there are of a statistic: the vCPUs that have {@link Statistic#VCPU_TIME}, the host CPUs that have
     * {@link Statistic#HOST_CPU_TIME}.
     *
     * @param statistic which times
     * @return how many positions there are
     */
    public int count(Statistic statistic) {
        return snapshot.column(statistic).count(row);
    }

    /**
     * Returns the index at a position.
     *
     * @param statistic which times
     * @param position from 0, below {@link #count}; in ascending order of index, which may have gaps
     * @return the number of the vCPU or the id of the host CPU
     */
    public int index(Statistic statistic, int position) {
        return snapshot.column(statistic).index(row, Objects.checkIndex(position, count(statistic)));
    }

    /**
     * Returns the time at a position, and makes no garbage.
     *
     * @param statistic which times
     * @param position from 0, below {@link #count}
     * @return nanoseconds, unsigned
     */
    public long nanosAt(Statistic statistic, int position) {
        return snapshot.column(statistic).value(row, Objects.checkIndex(position, count(statistic)));
    }

    /**
     * Returns how many vCPUs the domain has, also those whose times could not be read.
     *
     * @return the number, or the reason why it is not known
     */
    public Reading vcpuCount() {
        int known = count(Statistic.VCPU_TIME);
        return known == 0
                ? Reading.unavailable(reason(Statistic.VCPU_TIME, 0))
                : Reading.of(known + lacking(Statistic.VCPU_TIME));
    }

    /** Counts the indexes that have a reason and no number: one that has both is told something of all of them. */
    private int lacking(Statistic statistic) {
        Absences absences = snapshot.absences();
        int lacking = 0;
        for (int position = 0; position < absences.count(row); position++) {
            boolean isOf = absences.statistic(row, position) == statistic;
            lacking += isOf && snapshot.column(statistic).position(row, absences.index(row, position)) < 0 ? 1 : 0;
        }
        return lacking;
    }

    /**
     * Returns where the numbers of a group come from.
     *
     * @param group which numbers
     * @return a source such as {@code cpuacct.usage}; the driver's name where it said no more
     */
    public String source(StatsGroup group) {
        CpuStatsOrigin origin = snapshot.origin(row, group);
        return origin == null ? snapshot.driverName() : origin.source();
    }

    /**
     * Returns all that the driver said of where the numbers of a group come from.
     *
     * @param group which numbers
     * @return the origin, empty if it did not say
     */
    public Optional<CpuStatsOrigin> origin(StatsGroup group) {
        return Optional.ofNullable(snapshot.origin(row, group));
    }

    String reason(Statistic statistic, int index) {
        @Nullable String reason = snapshot.absences().reason(row, statistic, index);
        if (reason != null) {
            return reason;
        }
        String which = statistic.group() == StatsGroup.CPU_TOTAL ? "" : " of index " + index;
        return "the driver gives no " + statistic.statName() + which;
    }

    @Override
    public String toString() {
        return run() + (isStale() ? ", " + age() + " old" : "") + ": " + totalNanos();
    }
}
