package dev.vireo.it.kernel;

import dev.vireo.driver.qemu.cgroup.percpu.CountingHost;
import dev.vireo.driver.qemu.cgroup.percpu.DescriptorBudget;
import dev.vireo.driver.qemu.cgroup.percpu.PassedOverException;
import dev.vireo.driver.qemu.cgroup.percpu.PerCpuCounting;
import dev.vireo.driver.qemu.cgroup.percpu.PerCpuOption;
import dev.vireo.driver.qemu.cgroup.percpu.SourceChoice;
import dev.vireo.driver.qemu.cgroup.percpu.SubtreeTimes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Up to a thousand control groups, read one after the other by the scheduler's groups. What a reading takes is printed beside what
 * the same kernel takes for a group's {@code cpu.stat}; no test depends on either.
 */
final class ManyGroups {
    private static final int MOST_GROUPS = 1_000;
    /** Each place for a CPU makes a group's birth and reading dearer, and the emulator slow. */
    private static final int FEW_CPUS = 8;

    private static final int FEW_GROUPS = 100;
    private static final int SWEEPS = 20;
    private static final DescriptorBudget ENOUGH = new DescriptorBudget() {
        @Override
        public boolean take() {
            return true;
        }

        @Override
        public void giveBack() {}
    };

    private interface Reading {
        void read(int group) throws IOException, PassedOverException;
    }

    private final Path parent;
    private final int count;
    private final List<Path> groups = new ArrayList<>();
    private final List<SubtreeTimes> times = new ArrayList<>();
    private final long[] nanos;

    private ManyGroups(Path parent, int cpus) {
        this.parent = parent;
        this.count = cpus <= FEW_CPUS ? MOST_GROUPS : FEW_GROUPS;
        this.nanos = new long[cpus];
    }

    static void check(Path root, Path parent, int cpus) throws IOException, PassedOverException {
        ManyGroups many = new ManyGroups(parent, cpus);
        CountingHost host = new CountingHost(Path.of("/sys"), Path.of("/proc"), Path.of("/tmp"), root, 0, cpus, true);
        try (PerCpuCounting counting =
                new PerCpuCounting(host, PerCpuOption.SCHED_GROUP, BitSet::new, ENOUGH, System::nanoTime)) {
            try {
                many.open(counting);
                many.measure();
            } finally {
                many.times.forEach(SubtreeTimes::close);
                many.removeGroups();
            }
        }
    }

    private void open(PerCpuCounting counting) throws IOException, PassedOverException {
        for (int i = 0; i < count; i++) {
            Path group = Files.createDirectory(parent.resolve("many-" + i));
            groups.add(group);
            times.add(new SourceChoice(counting).open(group, 0).times());
        }
    }

    private void removeGroups() throws IOException {
        for (Path group : groups) {
            Files.delete(group);
        }
    }

    private void measure() throws IOException, PassedOverException {
        long reading = nanosOf(i -> {
            Arrays.fill(nanos, 0);
            times.get(i).addTo(nanos);
            InsideKernel.require(Arrays.stream(nanos).allMatch(time -> time == 0), groups.get(i), nanos);
        });
        List<FileChannel> files = new ArrayList<>();
        ByteBuffer text = ByteBuffer.allocateDirect(4096);
        try {
            for (Path group : groups) {
                files.add(FileChannel.open(group.resolve("cpu.stat")));
            }
            long file = nanosOf(i -> files.get(i).read(text.clear(), 0));
            System.out.println("FIGURE sched-group, sweep of " + count + ": " + reading + " ns a group with room for "
                    + nanos.length + " CPUs; cpu.stat of the same: " + file + " ns");
        } finally {
            for (FileChannel file : files) {
                file.close();
            }
        }
    }

    /** Returns the best sweep's time for one group. */
    private long nanosOf(Reading reading) throws IOException, PassedOverException {
        long best = Long.MAX_VALUE;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                reading.read(i);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / count;
    }
}
