package dev.vireo.examples.uml;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainRef;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import dev.vireo.spi.DomainGetCpuStats;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells a guest's CPU times: in total from its {@linkplain ProcessTree processes}, for each CPU from its {@linkplain
 * OwnGroup control group}.
 */
final class CpuStatistics implements DomainGetCpuStats {
    private static final int TOTAL_PARAMETERS = 3;
    private static final int PER_CPU_PARAMETERS = 1;

    private static final CpuStatsOrigin TOTAL = CpuStatsOrigin.from(
                    "/proc/PID/schedstat and stat of the guest's processes")
            .note("grain", "user and system time, and all of a process once it has ended, come in ticks of 10 ms")
            .build();
    private static final CpuStatsOrigin PER_CPU = CpuStatsOrigin.from("cpuacct.usage_percpu")
            .since(CpuStatsOrigin.Since.GROUP_ENTERED, null)
            .missing("vcpu_time", "the kernel does not tell a guest's own time from that of its emulation")
            .build();

    private final Path proc;

    CpuStatistics(Path proc) {
        this.proc = proc;
    }

    @Override
    public int getCpuStats(
            DomainRef ref, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        UmlDomain domain = (UmlDomain) ref;
        try {
            if (params == null) {
                ProcessTree.requireRunning(proc, domain);
                return question(startCpu, ncpus);
            }
            return startCpu == -1 ? total(domain, params, nparams) : perCpu(domain, params, nparams, startCpu, ncpus);
        } catch (IOException failed) {
            throw UmlSession.unreadable("the CPU times of domain " + domain, failed);
        }
    }

    private static int question(int startCpu, int ncpus) throws IOException {
        if (startCpu == -1) {
            return TOTAL_PARAMETERS;
        }
        return ncpus == 0 ? HostCpus.read().count() : PER_CPU_PARAMETERS;
    }

    private int total(UmlDomain domain, TypedParameters params, int nparams) throws IOException {
        CpuTimes times = domain.advanceTo(ProcessTree.read(proc, domain).times());
        params.setOrigin(TOTAL);
        params.setUnsignedLong(0, "cpu_time", times.cpuNanos());
        if (nparams > 1) {
            params.setUnsignedLong(1, "user_time", times.userNanos());
        }
        if (nparams > 2) {
            params.setUnsignedLong(2, "system_time", times.systemNanos());
        }
        return Math.min(nparams, TOTAL_PARAMETERS);
    }

    private int perCpu(UmlDomain domain, TypedParameters params, int nparams, int startCpu, int ncpus)
            throws IOException {
        HostCpus cpus = HostCpus.read();
        if (startCpu >= cpus.count()) {
            throw HypervisorException.of(
                    ErrorCode.INVALID_ARG,
                    UmlDriver.NAME,
                    "start_cpu " + startCpu + " larger than maximum of " + (cpus.count() - 1) + " for domain "
                            + domain);
        }
        String[] nanos = OwnGroup.of(domain, proc).usagePerCpu();
        params.setOrigin(PER_CPU);
        int column = 0; // the kernel prints all CPUs that are possible; one that is not present is left unset
        for (int cpu : cpus.possible()) {
            if (cpus.isPresent(cpu) && cpu >= startCpu && cpu < startCpu + ncpus) {
                params.setUnsignedLong((cpu - startCpu) * nparams, "cpu_time", Long.parseLong(nanos[column]));
            }
            column++;
        }
        return PER_CPU_PARAMETERS;
    }
}
