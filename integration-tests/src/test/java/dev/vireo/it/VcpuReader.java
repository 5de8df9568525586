package dev.vireo.it;

import dev.vireo.Domain;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.VcpuTimes;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.TreeMap;

/** The two ways to ask for vCPUs. */
enum VcpuReader {
    GET_VCPUS {
        @Override
        SortedMap<Integer, ThreadTimes.Times> read(Domain domain) {
            VcpuTimes vcpus = VcpuTimes.allocate(1);
            domain.getVcpus(vcpus);
            SortedMap<Integer, ThreadTimes.Times> times = new TreeMap<>();
            for (int row = 0; row < vcpus.size(); row++) {
                times.put(vcpus.number(row), new ThreadTimes.Times(vcpus.runTimeNanos(row), vcpus.delayNanos(row)));
            }
            return times;
        }
    },
    BULK {
        @Override
        SortedMap<Integer, ThreadTimes.Times> read(Domain domain) {
            Sweep.Told told =
                    Sweep.of(domain.connection(), EnumSet.of(StatsGroup.VCPU)).get(domain.name());
            SortedMap<Integer, ThreadTimes.Times> times = new TreeMap<>();
            told.all(Statistic.VCPU_TIME)
                    .forEach((vcpu, run) -> times.put(
                            vcpu,
                            new ThreadTimes.Times(
                                    run, told.all(Statistic.VCPU_DELAY).get(vcpu))));
            return times;
        }
    };

    /** Returns run time and delay by the vCPU's number. */
    abstract SortedMap<Integer, ThreadTimes.Times> read(Domain domain);
}
