package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.file.Path;

/** The counters of a guest that shares its control group with others: those of its process, {@code /proc/PID/stat}. */
final class ProcessCounters implements CpuCounters {
    private final Path process;
    private final String shared;
    private final CpuStatsOrigin origin;

    ProcessCounters(Path process, String shared, Generation generation) {
        this.process = process;
        this.shared = shared;
        // whatever group the guest is in, its process counts since its start
        origin = generation
                .origin("/proc/PID/stat")
                .since(CpuStatsOrigin.Since.DOMAIN_START, null)
                .note("counted", "the QEMU process with all its threads, ended ones too; " + shared)
                .note("grain", "times come in ticks of 10 ms")
                .build();
    }

    @Override
    public int readTotal(TypedParameters params, int nparams) throws IOException {
        ProcessStat stat = ProcessStat.read(process);
        long user = Ticks.toNanos(stat.userTicks());
        long system = Ticks.toNanos(stat.systemTicks());
        params.setOrigin(origin);
        return CpuCounters.fillTotal(params, nparams, user + system, user, system);
    }

    @Override
    public int perCpuParameters() {
        throw unsupported();
    }

    @Override
    public int readPerCpu(CpuIds ids, TypedParameters params, int nparams, int startCpu, int ncpus) {
        throw unsupported();
    }

    private HypervisorException unsupported() {
        return HypervisorException.of(
                ErrorCode.OPERATION_UNSUPPORTED,
                GuestCounters.ORIGIN,
                "the kernel has no CPU times per CPU of a single process, and " + shared + "; the total works");
    }

    @Override
    public void close() {}
}
