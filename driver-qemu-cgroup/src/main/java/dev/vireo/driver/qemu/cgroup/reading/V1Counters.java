package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a cgroup v1 {@code cpuacct} group: totals, and times per CPU, of the vCPUs too where each has a group of
 * its own ({@code vcpuN}, as libvirt makes them).
 */
final class V1Counters implements CpuCounters {
    static final String NO_VCPU_GROUPS = "the vCPUs have no control groups of their own (vcpu0, vcpu1, …)";

    private static final byte[] USER = "user".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SYSTEM = "system".getBytes(StandardCharsets.US_ASCII);

    private final CounterSource.V1 source;
    private final Generation generation;
    private final OpenFiles files;
    private final KernelFile usage;
    private final KernelFile stat;
    private final KernelFile perCpu;
    private final VcpuGroups vcpus;
    private final CpuStatsOrigin totalOrigin;
    private CpuStatsOrigin perCpuOrigin;

    V1Counters(CounterSource.V1 source, OpenFileBudget budget, Generation generation, long now) throws IOException {
        this.source = source;
        this.generation = generation;
        Path group = source.group();
        files = new OpenFiles(budget);
        usage = files.open(group.resolve("cpuacct.usage"));
        stat = files.open(group.resolve("cpuacct.stat"));
        perCpu = files.open(group.resolve("cpuacct.usage_percpu"));
        try {
            vcpus = new VcpuGroups(group, budget, now);
        } catch (IOException unreadable) {
            files.close();
            throw unreadable;
        }
        totalOrigin = CountedTime.ownGroup(generation.origin("cpuacct.usage, cpuacct.stat"), source.companions())
                .note("grain", "user and system time come in ticks of 10 ms and need not add up to cpu_time")
                .build();
        perCpuOrigin = makePerCpuOrigin();
    }

    @Override
    public void readTotal(Workspace space, boolean withParts) throws IOException {
        long cpu = usage(space);
        long user = 0;
        long system = 0;
        if (withParts) {
            stat.read(space.text);
            user = Ticks.toNanos(space.text.unsignedOf(USER), space.text);
            system = Ticks.toNanos(space.text.unsignedOf(SYSTEM), space.text);
        }
        space.total.set(cpu, user, system);
    }

    /** A bulk read that has just read the times per CPU need not read their sum. */
    private long usage(Workspace space) throws IOException {
        if (space.hostCpus.isWhole()) {
            return space.hostCpus.sum();
        }
        usage.read(space.text);
        return space.text.nextUnsigned();
    }

    @Override
    public CpuStatsOrigin totalOrigin() {
        return totalOrigin;
    }

    @Override
    public int perCpuParameters(long now) throws IOException {
        follow(vcpus.lookAgain(now));
        return vcpus.isEmpty() ? 1 : 2;
    }

    @Override
    public @Nullable String readPerCpu(Workspace space, CpuIds ids) throws IOException {
        follow(vcpus.lookAgainIfOld(space.now));
        space.hostCpus.begin(ids, vcpus.isEmpty() ? NO_VCPU_GROUPS : null);
        // before the whole group, so that a vCPU never seems to have used more than its guest
        for (KernelFile vcpu : vcpus.files()) {
            vcpu.read(space.text);
            space.hostCpus.addVcpu(space.text, ids);
        }
        perCpu.read(space.text);
        space.hostCpus.addGuest(space.text, ids);
        space.hostCpus.finish();
        return null;
    }

    @Override
    public CpuStatsOrigin perCpuOrigin() {
        return perCpuOrigin;
    }

    /** The sum over another set of vCPUs may go back: it is another generation. */
    private void follow(boolean changed) {
        if (changed) {
            generation.next();
            perCpuOrigin = makePerCpuOrigin();
        }
    }

    private CpuStatsOrigin makePerCpuOrigin() {
        CpuStatsOrigin.Builder origin =
                CountedTime.ownGroup(generation.origin("cpuacct.usage_percpu"), source.companions());
        if (vcpus.isEmpty()) {
            origin.missing("vcpu_time", NO_VCPU_GROUPS + " in " + source.group());
        }
        return origin.build();
    }

    @Override
    public void close() {
        files.close();
        vcpus.close();
    }
}
