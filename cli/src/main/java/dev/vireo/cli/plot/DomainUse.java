package dev.vireo.cli.plot;

import dev.vireo.Statistic;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Rate;
import java.util.Arrays;
import java.util.UUID;

/** What a domain used of the CPUs in a whole recording, over all its runs. Not thread-safe. */
final class DomainUse {
    private static final double NANOS = 1e9;

    private final UUID uuid;
    private final String name;
    private double cpuSeconds;
    private double[] hostCpuSeconds = {};
    private double[] knownSeconds = {};

    DomainUse(UUID uuid, String name) {
        this.uuid = uuid;
        this.name = name;
    }

    String name() {
        return name;
    }

    UUID uuid() {
        return uuid;
    }

    double cpuSeconds() {
        return cpuSeconds;
    }

    void add(DomainRates rates) {
        double seconds = rates.interval().map(time -> time.toNanos() / NANOS).orElse(0.0);
        Rate total = rates.total();
        if (total.isKnown()) {
            cpuSeconds += total.value() * seconds;
        }
        DomainSample sample = rates.sample();
        for (int position = 0; position < sample.count(Statistic.HOST_CPU_TIME); position++) {
            int cpu = sample.index(Statistic.HOST_CPU_TIME, position);
            Rate rate = rates.hostCpu(cpu);
            if (rate.isKnown()) {
                add(cpu, rate.value(), seconds);
            }
        }
    }

    private void add(int cpu, double rate, double seconds) {
        if (cpu >= hostCpuSeconds.length) {
            hostCpuSeconds = Arrays.copyOf(hostCpuSeconds, cpu + 1);
            knownSeconds = Arrays.copyOf(knownSeconds, cpu + 1);
        }
        hostCpuSeconds[cpu] += rate * seconds;
        knownSeconds[cpu] += seconds;
    }

    /** Returns how many ids host CPUs have. */
    int hostCpus() {
        return hostCpuSeconds.length;
    }

    /** Returns the share of a host CPU that the domain had while that is known, in percent; not a number if it never was. */
    double hostCpuPercent(int cpu) {
        return cpu < knownSeconds.length && knownSeconds[cpu] > 0
                ? 100 * hostCpuSeconds[cpu] / knownSeconds[cpu]
                : Double.NaN;
    }
}
