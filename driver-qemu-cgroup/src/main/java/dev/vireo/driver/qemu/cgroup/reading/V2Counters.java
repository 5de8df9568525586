package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The counters of a cgroup v2 group: {@code cpu.stat}, which is there also without the cpu controller. */
final class V2Counters implements CpuCounters {
    private static final String NO_FILE =
            "cgroup v2 has no file of CPU times per CPU, and this version reads them from cgroup v1 only; the total works";
    private static final byte[] USAGE = "usage_usec".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USER = "user_usec".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SYSTEM = "system_usec".getBytes(StandardCharsets.US_ASCII);
    private static final long NANOS_PER_MICROSECOND = 1_000;

    private final KernelFile stat;
    private final CpuStatsOrigin origin;

    V2Counters(CounterSource.V2 source, OpenFileBudget budget, Generation generation) throws IOException {
        origin = Accounting.ownGroup(generation.origin("cpu.stat"), source.companions())
                .note("grain", "the kernel shows whole microseconds")
                .build();
        stat = new KernelFile(source.group().resolve("cpu.stat"), budget);
    }

    @Override
    public void readTotal(Workspace space, boolean withParts) throws IOException {
        stat.read(space.text);
        long cpu = nanos(space.text, USAGE);
        space.total.set(cpu, withParts ? nanos(space.text, USER) : 0, withParts ? nanos(space.text, SYSTEM) : 0);
    }

    private static long nanos(KernelText text, byte[] key) throws MalformedFileException {
        long micros = text.unsignedOf(key);
        if (Long.compareUnsigned(micros, Long.divideUnsigned(-1, NANOS_PER_MICROSECOND)) > 0) {
            throw text.malformed("the microseconds of '" + new String(key, StandardCharsets.US_ASCII)
                    + "' are more nanoseconds than 2^64 - 1");
        }
        return micros * NANOS_PER_MICROSECOND;
    }

    @Override
    public CpuStatsOrigin totalOrigin() {
        return origin;
    }

    @Override
    public String perCpuUnavailable() {
        return NO_FILE;
    }

    /** The question is answered, as libvirt answers it on cgroup v2, since it reads no file; the values are not. */
    @Override
    public int perCpuParameters(long now) {
        return 2;
    }

    @Override
    public void readPerCpu(Workspace space, CpuIds ids) {
        throw new IllegalStateException(NO_FILE);
    }

    @Override
    public CpuStatsOrigin perCpuOrigin() {
        throw new IllegalStateException(NO_FILE);
    }

    @Override
    public void close() {
        stat.close();
    }
}
