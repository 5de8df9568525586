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
    private boolean isTogether;
    private long togetherSince;
    private long togetherUntil;

    RowFiller(LongSupplier clock) {
        this.clock = clock;
    }

    final void into(Row next) {
        row = next;
        isTold = false;
        isTogether = false;
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
        if (isTogether) {
            row.readBetween(togetherSince, togetherUntil);
        } else {
            long now = clock.getAsLong();
            row.readBetween(since, now);
            since = now;
        }
        isTold = true;
    }

    @Override
    public final void readTogether() {
        isTogether = true;
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
