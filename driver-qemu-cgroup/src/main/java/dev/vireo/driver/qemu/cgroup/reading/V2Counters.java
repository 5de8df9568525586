package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The counters of a cgroup v2 group: {@code cpu.stat}, which is there also without the cpu controller, and what counts per CPU. */
final class V2Counters implements CpuCounters {
    private static final byte[] USAGE = "usage_usec".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USER = "user_usec".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SYSTEM = "system_usec".getBytes(StandardCharsets.US_ASCII);
    private static final long NANOS_PER_MICROSECOND = 1_000;

    private final KernelFile stat;
    private final CpuStatsOrigin origin;
    private final V2PerCpu perCpu;

    V2Counters(CounterSource.V2 source, OpenedGuest guest) throws IOException {
        origin = CountedTime.ownGroup(guest.generation().origin("cpu.stat"), source.companions())
                .note("grain", "the kernel shows whole microseconds")
                .build();
        stat = new KernelFile(source.group().resolve("cpu.stat"), guest.budget());
        perCpu = new V2PerCpu(source, guest, this::usage);
    }

    @Override
    public void readTotal(Workspace space, boolean withParts) throws IOException {
        long cpu = usage(space);
        space.total.set(cpu, withParts ? nanos(space.text, USER) : 0, withParts ? nanos(space.text, SYSTEM) : 0);
        perCpu.compareWith(cpu, space);
    }

    private long usage(Workspace space) throws IOException {
        stat.read(space.text);
        return nanos(space.text, USAGE);
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

    /** The question is answered, as libvirt answers it on cgroup v2, before it is known whether the values can be. */
    @Override
    public int perCpuParameters(long now) {
        return 2;
    }

    @Override
    public @Nullable String readPerCpu(Workspace space, CpuIds ids) throws IOException {
        return perCpu.read(space, ids);
    }

    @Override
    public void watch(Workspace space) throws IOException {
        perCpu.watch(space);
    }

    @Override
    public boolean isCutOff() {
        return perCpu.isCutOff();
    }

    @Override
    public boolean isSurelyAlive() {
        return perCpu.isSurelyAlive();
    }

    @Override
    public CpuStatsOrigin perCpuOrigin() {
        return perCpu.origin();
    }

    @Override
    public void close() {
        stat.close();
        perCpu.close();
    }
}
