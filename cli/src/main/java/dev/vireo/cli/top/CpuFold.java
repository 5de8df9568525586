package dev.vireo.cli.top;

import dev.vireo.Statistic;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Rate;
import dev.vireo.monitor.Rates;
import java.util.BitSet;

/**
 * The host's CPUs, put into as many columns as there is room for: each column is a group of neighbours, and stands for the
 * maximum of them. Ids without a CPU are left out. Immutable.
 */
final class CpuFold {
    /** What a column shows that is not known. */
    static final int UNKNOWN = -1;

    static final int LEVELS = 8;
    private static final double IDLE_BELOW = 0.005;

    private final int[] cpus;
    private final int group;

    private CpuFold(int[] cpus, int group) {
        this.cpus = cpus;
        this.group = group;
    }

    /** Folds the CPUs that any of the domains has a time of. */
    static CpuFold of(Rates rates, int[] rows, int width) {
        BitSet ids = new BitSet();
        for (int row : rows) {
            DomainSample sample = rates.later().domain(row);
            for (int position = 0; position < sample.count(Statistic.HOST_CPU_TIME); position++) {
                ids.set(sample.index(Statistic.HOST_CPU_TIME, position));
            }
        }
        int[] cpus = ids.stream().toArray();
        int room = Math.max(1, width);
        return new CpuFold(cpus, Math.max(1, (cpus.length + room - 1) / room));
    }

    int columns() {
        return (cpus.length + group - 1) / group;
    }

    /** Returns the id of the first CPU of a column. */
    int firstCpu(int column) {
        return cpus[column * group];
    }

    /** Returns how busy the busiest CPU of a column was: from 0, idle, to {@link #LEVELS}, or {@link #UNKNOWN}. */
    int level(DomainRates domain, int column) {
        double highest = -1;
        for (int i = column * group; i < Math.min(cpus.length, (column + 1) * group); i++) {
            Rate rate = domain.hostCpu(cpus[i]);
            highest = rate.isKnown() ? Math.max(highest, rate.value()) : highest;
        }
        if (highest < 0) {
            return UNKNOWN;
        }
        return highest < IDLE_BELOW ? 0 : (int) Math.max(1, Math.min(LEVELS, Math.round(highest * LEVELS)));
    }

    /** Says what a column is; the fold comes first, since a narrow terminal cuts the end off. */
    String text() {
        if (cpus.length == 0) {
            return "no times per host CPU yet";
        }
        String columns = group == 1 ? "1 CPU a column" : "maximum of " + group + " CPUs a column";
        return columns + ", % of each CPU; host CPUs " + ids();
    }

    private String ids() {
        int last = cpus[cpus.length - 1];
        if (last == cpus[0]) {
            return Integer.toString(last);
        }
        boolean hasGaps = last - cpus[0] >= cpus.length;
        return cpus[0] + "-" + last + (hasGaps ? ", " + cpus.length + " of them" : "");
    }
}
