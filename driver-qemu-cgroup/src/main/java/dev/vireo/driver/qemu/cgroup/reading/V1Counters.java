package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The counters of a cgroup v1 {@code cpuacct} group: totals, and times per CPU, of the vCPUs too where each has a group of
 * its own ({@code vcpuN}, as libvirt makes them).
 */
final class V1Counters implements CpuCounters {
    private static final byte[] USER = "user".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SYSTEM = "system".getBytes(StandardCharsets.US_ASCII);

    private final Path group;
    private final long generation;
    private final KernelFile usage;
    private final KernelFile stat;
    private final KernelFile perCpu;
    private List<KernelFile> vcpus;
    private final CpuStatsOrigin totalOrigin;
    private CpuStatsOrigin perCpuOrigin;

    V1Counters(Path group, long generation) throws IOException {
        this.group = group;
        this.generation = generation;
        try (OpenFiles opening = new OpenFiles()) {
            usage = opening.open(group.resolve("cpuacct.usage"));
            stat = opening.open(group.resolve("cpuacct.stat"));
            perCpu = opening.open(group.resolve("cpuacct.usage_percpu"));
            vcpus = opening.openVcpus(group);
            opening.keep();
        }
        totalOrigin = CpuStatsOrigin.from("cpuacct.usage, cpuacct.stat")
                .generation(generation)
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
        // vCPUs come and go with hotplug; a question is the time to look
        closeAll(vcpus);
        vcpus = List.of();
        try (OpenFiles opening = new OpenFiles()) {
            vcpus = opening.openVcpus(group);
            opening.keep();
        }
        perCpuOrigin = perCpuOrigin();
        return vcpus.isEmpty() ? 1 : 2;
    }

    @Override
    public int readPerCpu(CpuIds ids, TypedParameters params, int nparams, int startCpu, int ncpus) throws IOException {
        boolean withVcpus = nparams > 1 && !vcpus.isEmpty();
        if (withVcpus) {
            // before the whole group, so that a vCPU never seems to have used more than its guest
            for (int i = 0; i < vcpus.size(); i++) {
                add(vcpus.get(i), ids, params, nparams, 1, "vcpu_time", startCpu, ncpus);
            }
        }
        add(perCpu, ids, params, nparams, 0, "cpu_time", startCpu, ncpus);
        params.setOrigin(perCpuOrigin);
        return withVcpus ? 2 : 1;
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
        CpuStatsOrigin.Builder origin = CpuStatsOrigin.from("cpuacct.usage_percpu")
                .generation(generation)
                .note("counted", GuestCounters.WHOLE_GROUP);
        if (vcpus.isEmpty()) {
            origin.missing("vcpu_time", "the vCPUs have no control groups of their own (vcpu0, vcpu1, …) in " + group);
        }
        return origin.build();
    }

    @Override
    public void close() throws IOException {
        usage.close();
        stat.close();
        perCpu.close();
        closeAll(vcpus);
    }

    private static void closeAll(List<KernelFile> files) throws IOException {
        for (KernelFile file : files) {
            file.close();
        }
    }

    /** Closes what it has opened, unless all of it could be opened. */
    private static final class OpenFiles implements AutoCloseable {
        private final List<KernelFile> files = new ArrayList<>();

        KernelFile open(Path path) throws IOException {
            KernelFile file = new KernelFile(path);
            files.add(file);
            return file;
        }

        List<KernelFile> openVcpus(Path group) throws IOException {
            List<KernelFile> opened = new ArrayList<>();
            try (DirectoryStream<Path> children = Files.newDirectoryStream(group, V1Counters::isVcpu)) {
                for (Path child : children) {
                    opened.add(open(child.resolve("cpuacct.usage_percpu")));
                }
            } catch (java.nio.file.DirectoryIteratorException failed) {
                throw failed.getCause();
            }
            return opened;
        }

        void keep() {
            files.clear();
        }

        @Override
        public void close() throws IOException {
            closeAll(files);
        }
    }

    private static boolean isVcpu(Path child) {
        String name = String.valueOf(child.getFileName());
        return name.startsWith("vcpu")
                && name.length() > 4
                && name.chars().skip(4).allMatch(character -> character >= '0' && character <= '9');
    }
}
