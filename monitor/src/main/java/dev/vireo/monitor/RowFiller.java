package dev.vireo.monitor;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.function.LongSupplier;

/** Takes into a row what a bulk read tells of one domain. Not thread-safe. */
class RowFiller implements DomainStatsVisitor {
    private final LongSupplier clock;
    private Row row = new Row();
    private boolean isTold;
    // what is told next was read since then
    private long since;
    // so many of the domains that are told next were read between these two
    private int together;
    private long togetherSince;
    private long togetherUntil;

    RowFiller(LongSupplier clock) {
        this.clock = clock;
    }

    final void into(Row next) {
        row = next;
        isTold = false;
        together = 0;
    }

    /** Says that the read begins, or that its next domain does. */
    final void readOn() {
        since = clock.getAsLong();
    }

    final Row row() {
        return row;
    }

    /** Tells whether a domain was there. */
    final boolean isTold() {
        return isTold;
    }

    @Override
    public void domain(DomainRef domain, DomainState state) {
        row.begin(state);
        long now = clock.getAsLong();
        if (together > 0) {
            together--;
            row.readBetween(togetherSince, togetherUntil);
        } else {
            row.readBetween(since, now);
        }
        since = now;
        isTold = true;
    }

    @Override
    public final void readTogether(int domains) {
        together = domains;
        togetherSince = since;
        togetherUntil = clock.getAsLong();
    }

    @Override
    public final void value(Statistic statistic, int index, long value) {
        row.value(statistic, index, value);
    }

    @Override
    public final void unavailable(Statistic statistic, int index, String reason) {
        row.unavailable(statistic, index, reason);
    }

    @Override
    public final void origin(StatsGroup group, CpuStatsOrigin origin) {
        row.origin(group, origin);
    }
}
