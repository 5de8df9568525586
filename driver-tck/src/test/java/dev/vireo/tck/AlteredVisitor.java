package dev.vireo.tck;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;

/** Hands a bulk read on, but for what a subclass alters. */
class AlteredVisitor implements DomainStatsVisitor {
    private final DomainStatsVisitor out;

    AlteredVisitor(DomainStatsVisitor out) {
        this.out = out;
    }

    @Override
    public void domain(DomainRef domain, DomainState state) {
        out.domain(domain, state);
    }

    @Override
    public void value(Statistic statistic, int index, long value) {
        out.value(statistic, index, value);
    }

    @Override
    public void unavailable(Statistic statistic, int index, String reason) {
        out.unavailable(statistic, index, reason);
    }

    @Override
    public void origin(StatsGroup group, CpuStatsOrigin origin) {
        out.origin(group, origin);
    }

    @Override
    public void readTogether(int domains) {
        out.readTogether(domains);
    }
}
