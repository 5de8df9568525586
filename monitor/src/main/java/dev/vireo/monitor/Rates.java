package dev.vireo.monitor;

import java.time.Duration;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;
import java.util.UUID;

/**
 * How much each domain of a snapshot used in each second since an earlier one. Where that cannot be known, "no rate yet"
 * stands with its reason, never a spike and never a negative number: a domain that is new or was restarted, one that is or was
 * stale, a counter that went back, a source that started again, a CPU that came or went. Immutable and thread-safe.
 */
public final class Rates {
    private final Snapshot earlier;
    private final Snapshot later;
    private final int[] earlierRows;

    private Rates(Snapshot earlier, Snapshot later) {
        this.earlier = earlier;
        this.later = later;
        this.earlierRows = earlierRows(earlier, later);
    }

    /**
     * Compares two snapshots. Equal or exchanged ones give no rates.
     *
     * @param earlier the first
     * @param later the second, whose domains are the ones that are told of
     * @return the rates
     */
    public static Rates between(Snapshot earlier, Snapshot later) {
        return new Rates(Objects.requireNonNull(earlier, "earlier"), Objects.requireNonNull(later, "later"));
    }

    /**
     * Returns the first snapshot.
     *
     * @return the earlier one
     */
    public Snapshot earlier() {
        return earlier;
    }

    /**
     * Returns the second snapshot.
     *
     * @return the later one
     */
    public Snapshot later() {
        return later;
    }

    /**
     * Returns the time between the two, by the clock that never goes back. Each domain's rates are measured over the time
     * between its own two readings, which differs from this by as much as they took.
     *
     * @return the time
     */
    public Duration interval() {
        return Duration.ofNanos(later.monotonicNanos() - earlier.monotonicNanos());
    }

    /**
     * Returns how many domains there are in the later snapshot.
     *
     * @return the number of rows
     */
    public int size() {
        return later.size();
    }

    /**
     * Returns a domain's rates.
     *
     * @param row its row in the later snapshot
     * @return the rates
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public DomainRates domain(int row) {
        return new DomainRates(earlier, earlierRows[Objects.checkIndex(row, earlierRows.length)], later, row);
    }

    /**
     * Returns the rates of all domains.
     *
     * @return an immutable list, in the order of the later snapshot; each element is made when it is asked for
     */
    public List<DomainRates> domains() {
        return new Domains();
    }

    /**
     * Finds a domain's rates by its uuid.
     *
     * @param uuid the uuid
     * @return the first domain of the later snapshot that has it
     */
    public Optional<DomainRates> find(UUID uuid) {
        return later.find(uuid).map(sample -> domain(sample.row()));
    }

    /** As a rule the same domains are in the same rows; only where that is not so they are looked up. */
    private static int[] earlierRows(Snapshot earlier, Snapshot later) {
        int[] rows = new int[later.size()];
        Map<DomainRun, Integer> byRun = null;
        for (int row = 0; row < rows.length; row++) {
            if (row < earlier.size() && later.run(row).equals(earlier.run(row))) {
                rows[row] = row;
            } else {
                byRun = byRun == null ? byRun(earlier) : byRun;
                rows[row] = byRun.getOrDefault(later.run(row), TwoReadings.NEW);
            }
        }
        if (byRun != null) {
            markRestarted(rows, later, byRun.keySet());
        }
        return rows;
    }

    private static void markRestarted(int[] rows, Snapshot later, Set<DomainRun> before) {
        Set<UUID> uuids = new HashSet<>();
        before.forEach(run -> uuids.add(run.uuid()));
        for (int row = 0; row < rows.length; row++) {
            if (rows[row] == TwoReadings.NEW && uuids.contains(later.run(row).uuid())) {
                rows[row] = TwoReadings.RESTARTED;
            }
        }
    }

    private static Map<DomainRun, Integer> byRun(Snapshot snapshot) {
        Map<DomainRun, Integer> rows = new HashMap<>();
        for (int row = 0; row < snapshot.size(); row++) {
            rows.put(snapshot.run(row), row);
        }
        return rows;
    }

    private final class Domains extends AbstractList<DomainRates> implements RandomAccess {
        @Override
        public DomainRates get(int row) {
            return domain(row);
        }

        @Override
        public int size() {
            return later.size();
        }
    }
}
