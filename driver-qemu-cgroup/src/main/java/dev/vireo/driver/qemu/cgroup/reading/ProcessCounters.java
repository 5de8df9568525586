package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The counters of a guest that shares its control group with others: those of its process, {@code /proc/PID/stat}. */
final class ProcessCounters implements CpuCounters {
    private static final int UTIME = 14;

    private final Path stat;
    private final String shared;
    private final CpuStatsOrigin origin;

    ProcessCounters(Path process, String shared) {
        stat = process.resolve("stat");
        this.shared = shared;
        origin = CpuStatsOrigin.from("/proc/PID/stat")
                .note("counted", "the QEMU process with all its threads, ended ones too; " + shared)
                .note("grain", "times come in ticks of 10 ms")
                .build();
    }

    @Override
    public int readTotal(TypedParameters params, int nparams) throws IOException {
        String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
        // the name in parentheses may hold spaces and parentheses of its own; field 3 follows the last one
        String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
        try {
            long user = Ticks.toNanos(Long.parseUnsignedLong(fields[UTIME - 3]));
            long system = Ticks.toNanos(Long.parseUnsignedLong(fields[UTIME - 2]));
            params.setOrigin(origin);
            return CpuCounters.fillTotal(params, nparams, user + system, user, system);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
            throw new MalformedFileException(stat, "no utime and stime in '" + text.strip() + "'");
        }
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
