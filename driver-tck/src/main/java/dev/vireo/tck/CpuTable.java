package dev.vireo.tck;

import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import java.util.Map;
import java.util.TreeMap;

/** The times of a domain on each host CPU, as they were at one moment: from CPU ids to nanoseconds. */
record CpuTable(Map<Integer, Long> cpuTime, Map<Integer, Long> vcpuTime, long generation) {
    static final String CPU_TIME = "cpu_time";
    static final String VCPU_TIME = "vcpu_time";

    static CpuTable read(Domain domain) {
        int ids = domain.getCpuStats(null, 0, 0, 0, 0);
        int perCpu = domain.getCpuStats(null, 0, 0, 1, 0);
        TypedParameters params = TypedParameters.allocate(perCpu * Domain.MAX_CPU_STATS_CPUS);
        Map<Integer, Long> cpuTime = new TreeMap<>();
        Map<Integer, Long> vcpuTime = new TreeMap<>();
        long generation = 0;
        for (int first = 0; first < ids; first += Domain.MAX_CPU_STATS_CPUS) {
            int count = Math.min(Domain.MAX_CPU_STATS_CPUS, ids - first);
            domain.getCpuStats(params, perCpu, first, count, 0);
            generation = params.origin().map(origin -> origin.generation()).orElse(0L);
            for (int entry = 0; entry < count * perCpu; entry++) {
                if (params.isSet(entry)) {
                    Map<Integer, Long> times = params.name(entry).equals(VCPU_TIME) ? vcpuTime : cpuTime;
                    times.put(first + entry / perCpu, params.unsignedLong(entry));
                }
            }
        }
        return new CpuTable(cpuTime, vcpuTime, generation);
    }

    /** Returns the time on a CPU, 0 where there is none. */
    long timeOf(int cpu) {
        return cpuTime.getOrDefault(cpu, 0L);
    }

    /** Counts the CPUs whose times have changed. */
    long cpusThatRanSince(CpuTable before) {
        return cpuTime.keySet().stream()
                .filter(cpu -> timeOf(cpu) != before.timeOf(cpu))
                .count();
    }

    /** Returns by how much {@code vcpu_time} has grown on the CPUs that had it before. */
    long vcpusSince(CpuTable before) {
        long grown = 0;
        for (Map.Entry<Integer, Long> time : vcpuTime.entrySet()) {
            grown += time.getValue() - before.vcpuTime.getOrDefault(time.getKey(), time.getValue());
        }
        return grown;
    }

    long sum() {
        return cpuTime.values().stream().mapToLong(Long::longValue).sum();
    }
}
