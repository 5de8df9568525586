package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The counters of a cgroup v2 group: {@code cpu.stat}, which is there also without the cpu controller. */
final class V2Counters implements CpuCounters {
    private static final byte[] USAGE = "usage_usec".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USER = "user_usec".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SYSTEM = "system_usec".getBytes(StandardCharsets.US_ASCII);

    private final KernelFile stat;
    private final CpuStatsOrigin origin;

    V2Counters(Path group, Generation generation) throws IOException {
        origin = generation
                .origin("cpu.stat")
                .note("counted", GuestCounters.WHOLE_GROUP)
                .note("grain", "the kernel shows whole microseconds")
                .build();
        stat = new KernelFile(group.resolve("cpu.stat"));
    }

    @Override
    public int readTotal(TypedParameters params, int nparams) throws IOException {
        stat.reread();
        long cpu = nanos(USAGE);
        long user = nparams > 1 ? nanos(USER) : 0;
        long system = nparams > 2 ? nanos(SYSTEM) : 0;
        params.setOrigin(origin);
        return CpuCounters.fillTotal(params, nparams, cpu, user, system);
    }

    private long nanos(byte[] key) throws IOException {
        return stat.unsignedOf(key) * 1_000;
    }

    /** The question is answered, as libvirt answers it on cgroup v2, since it reads no file; the values are not. */
    @Override
    public int perCpuParameters() {
        return 2;
    }

    @Override
    public int readPerCpu(CpuIds ids, TypedParameters params, int nparams, int startCpu, int ncpus) {
        throw unsupported();
    }

    private static HypervisorException unsupported() {
        return HypervisorException.of(
                ErrorCode.OPERATION_UNSUPPORTED,
                GuestCounters.ORIGIN,
                "cgroup v2 has no file of CPU times per CPU, and this version reads them from cgroup v1 only;"
                        + " the total works");
    }

    @Override
    public void close() throws IOException {
        stat.close();
    }
}
