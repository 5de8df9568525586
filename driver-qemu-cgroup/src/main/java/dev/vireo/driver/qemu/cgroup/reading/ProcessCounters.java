package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.driver.qemu.cgroup.linux.ProcessClock;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a guest that shares its control group with others: those of its process. The sum over its threads would go
 * back when one ends, and {@code /proc/PID/schedstat} is the first thread's alone.
 */
final class ProcessCounters implements CpuCounters {
    /** The fields of {@code stat} between the name and {@code utime}. */
    private static final int WORDS_BEFORE_TIMES = 11;

    private final KernelFile stat;
    private final @Nullable ProcessClock clock;
    private final String noPerCpu;
    private final CpuStatsOrigin origin;

    ProcessCounters(
            GuestProcess process, CounterSource.SharedGroup source, OpenFileBudget budget, Generation generation)
            throws IOException {
        clock = source.host().hasOurPids() ? new ProcessClock(process.pid()) : null;
        // whatever group the guest is in, its process counts since its start
        CpuStatsOrigin.Builder builder = generation
                .origin(clock == null ? "/proc/PID/stat" : "process CPU clock, /proc/PID/stat")
                .since(CpuStatsOrigin.Since.DOMAIN_START, null);
        origin = CountedTime.process(builder, source)
                .note(
                        "grain",
                        clock == null
                                ? "times come in ticks of 10 ms; the finer CPU clock goes by pids of another PID namespace"
                                : "user and system time come in ticks of 10 ms and need not add up to cpu_time")
                .build();
        noPerCpu =
                "the kernel has no CPU times per CPU of a single process, and " + source.reason() + "; the total works";
        stat = new KernelFile(process.directory().resolve("stat"), budget);
    }

    @Override
    public void readTotal(Workspace space, boolean withParts) throws IOException {
        ProcessClock exact = clock;
        if (exact != null && !withParts) {
            space.total.set(exact.nanos(), 0, 0);
            return;
        }
        stat.read(space.text);
        space.text.skipName();
        space.text.skipWords(WORDS_BEFORE_TIMES);
        long user = Ticks.toNanos(space.text.nextUnsigned(), space.text);
        long system = Ticks.toNanos(space.text.nextUnsigned(), space.text);
        space.total.set(exact == null ? Ticks.sum(user, system, space.text) : exact.nanos(), user, system);
    }

    @Override
    public CpuStatsOrigin totalOrigin() {
        return origin;
    }

    @Override
    public int perCpuParameters(long now) {
        throw GuestErrors.unsupported(noPerCpu);
    }

    @Override
    public String readPerCpu(Workspace space, CpuIds ids) {
        return noPerCpu;
    }

    @Override
    public CpuStatsOrigin perCpuOrigin() {
        throw new IllegalStateException(noPerCpu);
    }

    @Override
    public void close() {
        stat.close();
    }
}
