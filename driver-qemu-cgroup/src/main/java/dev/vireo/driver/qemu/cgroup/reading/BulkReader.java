package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.DomainRef;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.StatsGroup;
import dev.vireo.driver.qemu.cgroup.linux.ProcessEnds;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads guests one after the other and hands them on some dozens at a time: then one question tells which of them have ended
 * meanwhile. Not thread-safe.
 */
public final class BulkReader {
    private static final int ROWS = 64;

    private final BulkRow[] rows = new BulkRow[ROWS];
    private final @Nullable DomainRef[] domains = new @Nullable DomainRef[ROWS];
    private final @Nullable GuestCounters[] guests = new @Nullable GuestCounters[ROWS];
    private final int[] watchIndexes = new int[ROWS];
    private final ProcessEnds ends = new ProcessEnds();
    private int count;

    /** Makes a reader. */
    public BulkReader() {
        for (int i = 0; i < ROWS; i++) {
            rows[i] = new BulkRow();
        }
    }

    /**
     * Reads one guest.
     *
     * @param domain how the visitor is to know it
     * @param guest its counters
     * @param ids the host's CPUs
     * @param groups what is asked for
     * @param out takes the numbers, of this guest and those before it, when there are enough
     */
    public void read(
            DomainRef domain, GuestCounters guest, CpuIds ids, Set<StatsGroup> groups, DomainStatsVisitor out) {
        if (count == ROWS) {
            finish(ids, groups, out);
        }
        guest.readAll(rows[count], ids, groups);
        int descriptor = guest.processDescriptor();
        watchIndexes[count] = descriptor < 0 ? -1 : ends.add(descriptor);
        domains[count] = domain;
        guests[count++] = guest;
    }

    /**
     * Hands on the guests that were read and still run.
     *
     * @param ids the host's CPUs
     * @param groups what is asked for
     * @param out takes the numbers
     */
    public void finish(CpuIds ids, Set<StatsGroup> groups, DomainStatsVisitor out) {
        boolean asked = askWhoHasEnded();
        int read = count;
        count = 0;
        for (int i = 0; i < read; i++) {
            DomainRef domain = domains[i];
            GuestCounters guest = guests[i];
            if (domain != null && guest != null && isAlive(i, guest, asked)) {
                rows[i].tell(domain, groups, ids, out);
            }
            domains[i] = null;
            guests[i] = null;
        }
        ends.clear();
    }

    private boolean askWhoHasEnded() {
        try {
            ends.ask();
            return true;
        } catch (IOException failed) {
            return false; // then each is asked alone
        }
    }

    private boolean isAlive(int row, GuestCounters guest, boolean asked) {
        return (asked && watchIndexes[row] >= 0)
                ? !ends.hasEnded(watchIndexes[row]) && !guest.isClosed()
                : guest.isAlive(rows[row].space());
    }
}
