package dev.vireo.it.kernel;

import static dev.vireo.it.kernel.InsideKernel.require;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import java.util.Map;
import java.util.TreeMap;

/** What the driver tells of a guest's times per CPU. */
final class TimesTold {
    private TimesTold() {}

    static Connection open(String source) {
        return Connection.open("qemu+cgroup:///system?percpu=" + source);
    }

    static CpuStats.HostCpus cpus(Domain domain) {
        CpuStats.HostCpus cpus = domain.cpuStats().hostCpus();
        require(cpus.isAvailable(), String.valueOf(cpus.unavailable()));
        return cpus;
    }

    static CpuStatsOrigin origin(Domain domain) {
        return cpus(domain).origin().orElseThrow();
    }

    static String source(Domain domain) {
        return origin(domain).source();
    }

    static Map<Integer, Long> times(Domain domain) {
        Map<Integer, Long> times = new TreeMap<>();
        cpus(domain)
                .cpus()
                .forEach(cpu -> times.put(cpu.cpu(), cpu.cpuTimeNanos().value()));
        return times;
    }

    static long sum(Map<Integer, Long> times) {
        return times.values().stream().mapToLong(Long::longValue).sum();
    }
}
