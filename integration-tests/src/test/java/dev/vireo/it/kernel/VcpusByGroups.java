package dev.vireo.it.kernel;

import static dev.vireo.it.kernel.InsideKernel.require;
import static dev.vireo.it.kernel.KernelGroups.total;
import static dev.vireo.it.kernel.LoadedGuest.GROUP;
import static dev.vireo.it.kernel.LoadedGuest.LOAD_MILLIS;
import static dev.vireo.it.kernel.LoadedGuest.MILLIS;
import static dev.vireo.it.kernel.LoadedGuest.TICKS;
import static dev.vireo.it.kernel.TimesTold.cpus;
import static dev.vireo.it.kernel.TimesTold.open;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A guest whose vCPUs have control groups of their own: each source tells their time apart. */
final class VcpusByGroups {
    private final LoadedGuest guest;

    VcpusByGroups(LoadedGuest guest) {
        this.guest = guest;
    }

    void vcpusAreToldByTheirGroups() throws IOException {
        Path vcpu = Files.createDirectory(GROUP.resolve("vcpu0"));
        Files.writeString(vcpu.resolve("cgroup.type"), "threaded");
        Files.writeString(GROUP.resolve("cgroup.subtree_control"), "+cpu");
        Files.writeString(vcpu.resolve("cgroup.threads"), Long.toString(guest.pid()));
        for (String source : List.of("sched-group", "sched-events", "perf")) {
            try (Connection connection = open(source)) {
                vcpusAgree(connection.getDomainByName("web"), vcpu, source);
            }
        }
    }

    private void vcpusAgree(Domain domain, Path vcpu, String source) throws IOException {
        long begun = vcpuTime(domain);
        long total = total(vcpu);
        guest.load("pin1");
        long grown = vcpuTime(domain) - begun;
        long expected = total(vcpu) - total;
        if (source.equals("perf")) {
            require(grown > LOAD_MILLIS * MILLIS * 8 / 10, source, grown);
        } else {
            require(Math.abs(grown - expected) <= TICKS, source, grown, expected);
        }
    }

    /** Returns the vCPUs' time on all CPUs, none of which may have given them more than the guest. */
    private static long vcpuTime(Domain domain) {
        long sum = 0;
        for (CpuStats.HostCpu cpu : cpus(domain).cpus()) {
            require(cpu.vcpuTimeNanos().isAvailable(), cpu);
            require(cpu.vcpuTimeNanos().value() <= cpu.cpuTimeNanos().value(), cpu);
            sum += cpu.vcpuTimeNanos().value();
        }
        return sum;
    }
}
