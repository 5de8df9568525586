package dev.vireo.monitor;

import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.time.Duration;
import java.util.Optional;

/**
 * What one domain used in each second between two snapshots. Rates are in CPU seconds a second, which is how many CPUs were
 * busy; {@link #percent} gives them as a percentage. Immutable and thread-safe.
 */
public final class DomainRates {
    private final Snapshot earlier;
    private final int earlierRow;
    private final Snapshot later;
    private final int row;
    private final TwoReadings readings;

    DomainRates(Snapshot earlier, int earlierRow, Snapshot later, int row) {
        this.earlier = earlier;
        this.earlierRow = earlierRow;
        this.later = later;
        this.row = row;
        readings = new TwoReadings(earlier, earlierRow, later, row);
    }

    /**
     * Returns the domain in the later snapshot.
     *
     * @return its counters
     */
    public DomainSample sample() {
        return later.domain(row);
    }

    /**
     * Returns the time between the two readings of this domain's total, by the clock that never goes back.
     *
     * @return the time, empty if there are no rates
     */
    public Optional<Duration> interval() {
        return interval(StatsGroup.CPU_TOTAL);
    }

    /**
     * Returns the time between the two readings of a group of numbers, by the clock that never goes back.
     *
     * @param group which numbers
     * @return the time, empty if there are no rates of this group
     */
    public Optional<Duration> interval(StatsGroup group) {
        return readings.whyNot(group) == null ? Optional.of(Duration.ofNanos(readings.nanos(group))) : Optional.empty();
    }

    /**
     * Returns how much CPU time the whole domain used.
     *
     * @return CPU seconds a second
     */
    public Rate total() {
        return of(Statistic.CPU_TIME, 0);
    }

    /**
     * Returns how much of it was in user mode.
     *
     * @return CPU seconds a second
     */
    public Rate user() {
        return of(Statistic.CPU_USER, 0);
    }

    /**
     * Returns how much of it was in kernel mode.
     *
     * @return CPU seconds a second
     */
    public Rate system() {
        return of(Statistic.CPU_SYSTEM, 0);
    }

    /**
     * Returns how much the domain used of a host CPU.
     *
     * @param cpu the CPU's id
     * @return CPU seconds a second, 1 if it had the CPU to itself
     */
    public Rate hostCpu(int cpu) {
        return of(Statistic.HOST_CPU_TIME, cpu);
    }

    /**
     * Returns how much a vCPU ran.
     *
     * @param vcpu the vCPU's number
     * @return seconds a second, 1 if it ran all the time
     */
    public Rate vcpu(int vcpu) {
        return of(Statistic.VCPU_TIME, vcpu);
    }

    /**
     * Returns how much a vCPU was ready to run and waited for a host CPU: what the guest sees as steal.
     *
     * @param vcpu the vCPU's number
     * @return seconds a second, 1 if it waited all the time
     */
    public Rate steal(int vcpu) {
        return of(Statistic.VCPU_DELAY, vcpu);
    }

    /**
     * Returns how much all vCPUs ran.
     *
     * @return seconds a second
     */
    public Rate vcpus() {
        return sum(Statistic.VCPU_TIME);
    }

    /**
     * Returns how much all vCPUs were ready to run and waited for a host CPU.
     *
     * @return seconds a second, as many as there are vCPUs if all of them waited all the time
     */
    public Rate steal() {
        return sum(Statistic.VCPU_DELAY);
    }

    /**
     * Returns what the domain used outside its vCPUs: the emulator, its I/O threads, vhost.
     *
     * @return the total less the vCPUs, in CPU seconds a second; 0 where the vCPUs, which are read a moment later, have more
     */
    public Rate overhead() {
        Rate total = total();
        Rate vcpus = vcpus();
        if (!total.isKnown()) {
            return total;
        }
        String why = readings.whyNotTogether(StatsGroup.CPU_TOTAL, StatsGroup.VCPU);
        if (vcpus.isKnown() && why != null) {
            return Rate.none("the total and the vCPUs were " + why);
        }
        return vcpus.map(ran -> Math.max(0, total.value() - ran));
    }

    /**
     * Returns a rate of this domain as a percentage.
     *
     * @param rate CPU seconds a second
     * @param of what 100 % is
     * @return the percentage, or why it is not known
     */
    public Rate percent(Rate rate, Denominator of) {
        Reading cpus = cpus(of);
        if (rate.isKnown() && !cpus.isAvailable()) {
            return Rate.none(of.label() + " is not known: " + cpus.reason().orElse(""));
        }
        if (rate.isKnown() && cpus.value() <= 0) {
            return Rate.none(of.label() + " is of none: there are " + cpus.value());
        }
        return rate.map(cores -> 100 * cores / cpus.value());
    }

    /**
     * Returns the rate of any time.
     *
     * @param statistic which time: any but {@link Statistic#VCPU_STATE}
     * @param index the number of the vCPU or the id of the host CPU, 0 for the domain as a whole
     * @return seconds a second
     */
    public Rate of(Statistic statistic, int index) {
        String why = readings.whyNot(statistic.group());
        if (why != null) {
            return Rate.none(why);
        }
        Column now = later.column(statistic);
        int position = now.position(row, index);
        if (position < 0) {
            return Rate.none(sample().reason(statistic, index));
        }
        Column before = earlier.column(statistic);
        int earlierPosition = before.position(earlierRow, index);
        if (earlierPosition < 0) {
            return Rate.none("there was no " + statistic.statName() + name(statistic, index) + " to compare it with: "
                    + earlier.domain(earlierRow).reason(statistic, index));
        }
        return rate(statistic, index, before.value(earlierRow, earlierPosition), now.value(row, position));
    }

    private Rate sum(Statistic statistic) {
        String nothing = readings.whyNothing();
        if (nothing != null) {
            return Rate.none(nothing);
        }
        Column now = later.column(statistic);
        int count = now.count(row);
        if (count == 0) {
            return Rate.none(sample().reason(statistic, 0));
        }
        if (!now.hasIndexesOf(row, earlier.column(statistic), earlierRow)) {
            return Rate.none("the vCPUs are not those of before");
        }
        if (later.absences().count(row, statistic) > 0) {
            return Rate.none("not all vCPUs could be read");
        }
        double sum = 0;
        for (int position = 0; position < count; position++) {
            Rate each = of(statistic, now.index(row, position));
            if (!each.isKnown()) {
                return each;
            }
            sum += each.value();
        }
        return Rate.of(sum);
    }

    private Rate rate(Statistic statistic, int index, long before, long now) {
        if (Long.compareUnsigned(now, before) < 0) {
            return Rate.none(statistic.statName() + name(statistic, index) + " went back");
        }
        return Rate.of(unsigned(now - before) / readings.nanos(statistic.group()));
    }

    private static double unsigned(long difference) {
        return difference >= 0 ? difference : (difference >>> 1) * 2.0;
    }

    private static String name(Statistic statistic, int index) {
        return statistic.group() == StatsGroup.CPU_TOTAL ? "" : " of " + index;
    }

    private Reading cpus(Denominator of) {
        return switch (of) {
            case ONE_CORE -> Reading.of(1);
            case VCPUS -> sample().vcpuCount();
            case HOST -> later.hostCpuCount();
        };
    }
}
