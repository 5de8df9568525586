package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The counters of a cgroup v1 {@code cpuacct} group: totals, and times per CPU, of the vCPUs too where each has a group of
 * its own ({@code vcpuN}, as libvirt makes them).
 */
final class V1Counters implements CpuCounters {
    private static final byte[] USER = "user".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SYSTEM = "system".getBytes(StandardCharsets.US_ASCII);

    private final Path group;
    private final Generation generation;
    private final OpenFiles files = new OpenFiles();
    private final KernelFile usage;
    private final KernelFile stat;
    private final KernelFile perCpu;
    private final VcpuGroups vcpus;
    private final CpuStatsOrigin totalOrigin;
    private CpuStatsOrigin perCpuOrigin;

    V1Counters(Path group, Generation generation) throws IOException {
        this.group = group;
        this.generation = generation;
        usage = files.open(group.resolve("cpuacct.usage"));
        stat = files.open(group.resolve("cpuacct.stat"));
        perCpu = files.open(group.resolve("cpuacct.usage_percpu"));
        try {
            vcpus = new VcpuGroups(group);
        } catch (IOException unreadable) {
            files.close();
            throw unreadable;
        }
        totalOrigin = generation
                .origin("cpuacct.usage, cpuacct.stat")
                .note("counted", GuestCounters.WHOLE_GROUP)
                .note("grain", "user and system time come in ticks of 10 ms and need not add up to cpu_time")
                .build();
        perCpuOrigin = perCpuOrigin();
    }

    @Override
    public int readTotal(TypedParameters params, int nparams) throws IOException {
        usage.reread();
        long cpu = usage.nextUnsigned();
        long user = 0;
        long system = 0;
        if (nparams > 1) {
            stat.reread();
            user = Ticks.toNanos(stat.unsignedOf(USER));
            system = Ticks.toNanos(stat.unsignedOf(SYSTEM));
        }
        params.setOrigin(totalOrigin);
        return CpuCounters.fillTotal(params, nparams, cpu, user, system);
    }

    @Override
    public int perCpuParameters() throws IOException {
        follow(vcpus.lookAgain());
        return vcpus.isEmpty() ? 1 : 2;
    }

    @Override
    public int readPerCpu(CpuIds ids, TypedParameters params, int nparams, int startCpu, int ncpus) throws IOException {
        follow(vcpus.lookAgainIfOld());
        boolean withVcpus = nparams > 1 && !vcpus.isEmpty();
        if (withVcpus) {
            // before the whole group, so that a vCPU never seems to have used more than its guest
            for (KernelFile vcpu : vcpus.files()) {
                add(vcpu, ids, params, nparams, 1, "vcpu_time", startCpu, ncpus);
            }
        }
        add(perCpu, ids, params, nparams, 0, "cpu_time", startCpu, ncpus);
        params.setOrigin(perCpuOrigin);
        return withVcpus ? 2 : 1;
    }

    /** The sum over another set of vCPUs may go back: it is another generation. */
    private void follow(boolean changed) {
        if (changed) {
            generation.next();
            perCpuOrigin = perCpuOrigin();
        }
    }

    /** Adds a file's numbers, one for each possible CPU, to the entries of those that are present and asked for. */
    private static void add(
            KernelFile file,
            CpuIds ids,
            TypedParameters params,
            int nparams,
            int parameter,
            String name,
            int startCpu,
            int ncpus)
            throws IOException {
        file.reread();
        for (int id = ids.possible().nextSetBit(0); id >= 0; id = ids.possible().nextSetBit(id + 1)) {
            long nanos = file.nextUnsigned();
            int cpu = id - startCpu;
            if (cpu >= 0 && cpu < ncpus && ids.present().get(id)) {
                int index = cpu * nparams + parameter;
                long before = params.isSet(index) ? params.unsignedLong(index) : 0;
                params.setUnsignedLong(index, name, before + nanos);
            }
        }
        if (!file.isAtEnd()) {
            throw file.malformed("more numbers than the " + ids.possible().cardinality() + " possible CPUs");
        }
    }

    private CpuStatsOrigin perCpuOrigin() {
        CpuStatsOrigin.Builder origin =
                generation.origin("cpuacct.usage_percpu").note("counted", GuestCounters.WHOLE_GROUP);
        if (vcpus.isEmpty()) {
            origin.missing("vcpu_time", "the vCPUs have no control groups of their own (vcpu0, vcpu1, …) in " + group);
        }
        return origin.build();
    }

    @Override
    public void close() throws IOException {
        files.close();
        vcpus.close();
    }
}
