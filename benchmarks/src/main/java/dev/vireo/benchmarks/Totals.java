package dev.vireo.benchmarks;

import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;

/** Takes a sweep's numbers as a collector of metrics would, and makes no garbage: adds them up, and counts what came. */
final class Totals implements DomainStatsVisitor {
    private final long[] sums = new long[Statistic.values().length];
    private final int[] counts = new int[Statistic.values().length];
    private int domains;
    private final String[] missing = new String[Statistic.values().length];

    Totals() {
        clear();
    }

    void clear() {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = 0;
            counts[i] = 0;
            missing[i] = "";
        }
        domains = 0;
    }

    int count(Statistic statistic) {
        return counts[statistic.ordinal()];
    }

    /** Why the last such number was missing, empty if no reason was given. */
    String reason(Statistic statistic) {
        return missing[statistic.ordinal()];
    }

    @Override
    public void domain(DomainRef domain, DomainState state) {
        domains++;
    }

    @Override
    public void value(Statistic statistic, int index, long value) {
        sums[statistic.ordinal()] += value;
        counts[statistic.ordinal()]++;
    }

    @Override
    public void unavailable(Statistic statistic, int index, String reason) {
        missing[statistic.ordinal()] = reason;
    }

    @Override
    public String toString() {
        return domains + " domains, " + sums[Statistic.CPU_TIME.ordinal()] + " ns";
    }
}
