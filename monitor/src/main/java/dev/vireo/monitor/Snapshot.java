package dev.vireo.monitor;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the running domains of a connection had used at one time. Columns of numbers, a row for each domain; a
 * {@link DomainSample} is one row, made when it is asked for. Immutable and thread-safe.
 */
public final class Snapshot {
    private final long monotonicNanos;
    private final Instant wallTime;
    private final String driverName;
    private final Reading hostCpuCount;
    private final DomainRun[] runs;
    private final DomainState[] states;
    private final ReadTimes readTimes;
    private final @Nullable String @Nullable [] staleReasons;
    private final @Nullable CpuStatsOrigin[] origins;
    private final Columns columns;
    private final Absences absences;

    Snapshot(SnapshotBuilder gathered, long monotonicNanos, Instant wallTime, String driverName, Reading hostCpuCount) {
        this.monotonicNanos = monotonicNanos;
        this.wallTime = Objects.requireNonNull(wallTime, "wallTime");
        this.driverName = Objects.requireNonNull(driverName, "driverName");
        this.hostCpuCount = Objects.requireNonNull(hostCpuCount, "hostCpuCount");
        runs = gathered.runs();
        states = gathered.states();
        readTimes = gathered.readTimes();
        staleReasons = gathered.staleReasons();
        origins = gathered.origins();
        columns = gathered.columns();
        absences = gathered.absences();
    }

    /**
     * Returns when the snapshot was complete, by a clock that never goes back; all that is measured is measured by it.
     *
     * @return nanoseconds since some point in the past
     */
    public long monotonicNanos() {
        return monotonicNanos;
    }

    /**
     * Returns when the snapshot was complete, by the clock on the wall, which may jump: to be shown, not to be calculated with.
     *
     * @return the time
     */
    public Instant wallTime() {
        return wallTime;
    }

    /**
     * Returns which driver the numbers come from.
     *
     * @return for instance {@code QEMU-cgroup}
     */
    public String driverName() {
        return driverName;
    }

    /**
     * Returns how many CPUs of the host are online.
     *
     * @return the number, or the reason why it is not known
     */
    public Reading hostCpuCount() {
        return hostCpuCount;
    }

    /**
     * Returns how many domains were running.
     *
     * @return the number of rows
     */
    public int size() {
        return runs.length;
    }

    /**
     * Returns a domain.
     *
     * @param row which row, from 0
     * @return the domain in this snapshot
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public DomainSample domain(int row) {
        return new DomainSample(this, Objects.checkIndex(row, runs.length));
    }

    /**
     * Returns all domains.
     *
     * @return an immutable list, in the driver's order; each element is made when it is asked for
     */
    public List<DomainSample> domains() {
        return new Domains();
    }

    /**
     * Finds a domain by its uuid.
     *
     * @param uuid the uuid
     * @return the first domain that has it, empty if none was running
     */
    public Optional<DomainSample> find(UUID uuid) {
        for (int row = 0; row < runs.length; row++) {
            if (runs[row].uuid().equals(uuid)) {
                return Optional.of(domain(row));
            }
        }
        return Optional.empty();
    }

    DomainRun run(int row) {
        return runs[row];
    }

    DomainState state(int row) {
        return states[row];
    }

    ReadTimes readTimes() {
        return readTimes;
    }

    /** Returns null if the domain was read this time. */
    @Nullable String staleReason(int row) {
        return staleReasons == null ? null : staleReasons[row];
    }

    /** Returns null if the driver did not say. */
    @Nullable CpuStatsOrigin origin(int row, StatsGroup group) {
        return origins[row * Row.GROUPS.length + group.ordinal()];
    }

    Column column(Statistic statistic) {
        return columns.of(statistic);
    }

    Absences absences() {
        return absences;
    }

    @Override
    public String toString() {
        return wallTime + ": " + runs.length + " domains of " + driverName;
    }

    private final class Domains extends AbstractList<DomainSample> implements RandomAccess {
        @Override
        public DomainSample get(int row) {
            return domain(row);
        }

        @Override
        public int size() {
            return runs.length;
        }
    }
}
