package dev.vireo.tck;

import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

/** Hands a bulk read on, but for some statistics, whose numbers it alters. */
record ScaledVisitor(DomainStatsVisitor out, Predicate<Statistic> which, LongUnaryOperator alteration)
        implements DomainStatsVisitor {
    @Override
    public void domain(DomainRef domain, DomainState state) {
        out.domain(domain, state);
    }

    @Override
    public void value(Statistic statistic, int index, long value) {
        out.value(statistic, index, which.test(statistic) ? alteration.applyAsLong(value) : value);
    }

    @Override
    public void unavailable(Statistic statistic, int index, String reason) {
        out.unavailable(statistic, index, reason);
    }
}
