package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Descriptor;
import dev.vireo.driver.qemu.cgroup.linux.PerfEvent;
import dev.vireo.driver.qemu.cgroup.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link PerCpuSource#PERF}: a descriptor for each group and CPU, and where the group runs just then an interrupt of that CPU
 * at each reading. Its clock is another one than {@code cpu.stat}'s.
 */
final class PerfEvents implements Counting {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int cpus;
    private final Supplier<BitSet> online;
    private final DescriptorBudget budget;
    private final LongSupplier nanoClock;

    PerfEvents(CountingHost host, Supplier<BitSet> online, DescriptorBudget budget, LongSupplier nanoClock) {
        this.cpus = host.cpus();
        this.online = online;
        this.budget = budget;
        this.nanoClock = nanoClock;
    }

    @Override
    public SubtreeTimes open(Subtree subtree) throws IOException, PassedOverException {
        return new Times(List.of(subtree.group()));
    }

    @Override
    public void close() {
        // each time that was opened closes its own events
    }

    /** The count of one group on one CPU, over all times that the CPU was online. */
    private final class Count {
        private final Path group;
        private final int cpu;
        private @Nullable PerfEvent event;
        private long before;

        Count(Path group, int cpu) {
            this.group = group;
            this.cpu = cpu;
        }

        long nanos() throws IOException {
            PerfEvent open = event;
            return open == null ? before : before + open.nanos();
        }

        /** An event stands still for ever once its CPU went offline: a CPU that comes back gets another one. */
        void follow(boolean isOnline) throws IOException, PassedOverException {
            if (isOnline && event == null) {
                event = open();
            } else if (!isOnline && event != null) {
                before = nanos();
                stop();
            }
        }

        private @Nullable PerfEvent open() throws IOException, PassedOverException {
            if (!budget.take()) {
                throw new PassedOverException(
                        "perf takes a descriptor for each group and CPU, and half of this process's"
                                + " limit is used; raise it (ulimit -n)");
            }
            try (Descriptor directory = Descriptor.ofDirectory(group)) {
                return PerfEvent.open(directory, cpu);
            } catch (SystemCallException refused) {
                budget.giveBack();
                if (refused.errno() == SystemCallException.ENODEV) {
                    return null; // offline since the list of CPUs was read
                }
                throw Refusals.ofPerf(refused);
            }
        }

        void stop() {
            PerfEvent open = event;
            if (open != null) {
                event = null;
                open.close();
                budget.giveBack();
            }
        }
    }

    /** The time of some groups together. */
    private final class Times implements SubtreeTimes {
        private final List<Count> counts = new ArrayList<>();
        private final Instant attachedAt = Instant.now();
        private long looked;

        Times(Collection<Path> groups) throws IOException, PassedOverException {
            for (Path group : groups) {
                for (int cpu = 0; cpu < cpus; cpu++) {
                    counts.add(new Count(group, cpu));
                }
            }
            try {
                look();
            } catch (IOException | PassedOverException | RuntimeException failed) {
                close();
                throw failed;
            }
        }

        private void look() throws IOException, PassedOverException {
            looked = nanoClock.getAsLong();
            BitSet now = online.get();
            for (Count count : counts) {
                count.follow(now.get(count.cpu));
            }
        }

        @Override
        public void addTo(long[] nanos) throws IOException, PassedOverException {
            if (nanoClock.getAsLong() - looked > LOOK_NANOS) {
                look();
            }
            for (int i = 0; i < counts.size(); i++) {
                Count count = counts.get(i);
                nanos[count.cpu] += count.nanos();
            }
        }

        @Override
        public SubtreeTimes ofVcpus(Vcpus vcpus) throws IOException, PassedOverException {
            if (vcpus.groups().isEmpty()) {
                throw new PassedOverException(
                        "the vCPUs have no control groups of their own (vcpu0, vcpu1, …), whose events could be counted");
            }
            return new Times(vcpus.groups());
        }

        @Override
        public Instant attachedAt() {
            return attachedAt;
        }

        @Override
        public void close() {
            counts.forEach(Count::stop);
        }
    }
}
