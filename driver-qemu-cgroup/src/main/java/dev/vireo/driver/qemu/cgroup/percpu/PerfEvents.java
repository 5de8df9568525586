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
import org.jspecify.annotations.Nullable;

/**
 * {@link PerCpuSource#PERF}: a descriptor for each group and CPU, and where the group runs just then an interrupt of that CPU
 * at each reading. Its clock is another one than {@code cpu.stat}'s.
 */
final class PerfEvents implements Counting {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path sysfs;
    private final int cpus;
    private final OnlineCpus online;
    private final DescriptorBudget budget;
    private final LongSupplier nanoClock;

    PerfEvents(CountingHost host, OnlineCpus online, DescriptorBudget budget, LongSupplier nanoClock) {
        this.sysfs = host.sysfs();
        this.cpus = host.cpus();
        this.online = online;
        this.budget = budget;
        this.nanoClock = nanoClock;
    }

    @Override
    public SubtreeTimes open(Subtree subtree) throws IOException, PassedOverException {
        return new Times(List.of(subtree.group()), null);
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
        private long last;

        Count(Path group, int cpu) {
            this.group = group;
            this.cpu = cpu;
        }

        long nanos() throws IOException {
            PerfEvent open = event;
            // the event of a CPU that has just gone offline may tell less than before
            last = Math.max(last, open == null ? before : before + open.nanos());
            return last;
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
            PerfEvent opened = null;
            try (Descriptor directory = Descriptor.ofDirectory(group)) {
                opened = openIn(directory);
                return opened;
            } finally {
                if (opened == null) {
                    budget.giveBack();
                }
            }
        }

        private @Nullable PerfEvent openIn(Descriptor directory) throws IOException, PassedOverException {
            try {
                return PerfEvent.open(directory, cpu);
            } catch (SystemCallException refused) {
                if (refused.errno() == SystemCallException.ENODEV) {
                    return null; // offline since the list of CPUs was read
                }
                throw Refusals.ofPerf(refused, sysfs);
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
        private final @Nullable Times whole;
        private final List<Count> counts = new ArrayList<>();
        private @Nullable Times vcpus;
        private final Instant attachedAt = Instant.now();
        private long looked;

        Times(Collection<Path> groups, @Nullable Times whole) throws IOException, PassedOverException {
            this.whole = whole;
            for (Path group : groups) {
                for (int cpu = 0; cpu < cpus; cpu++) {
                    counts.add(new Count(group, cpu));
                }
            }
            try {
                look(online.read());
            } catch (IOException | PassedOverException | RuntimeException failed) {
                close();
                throw failed;
            }
        }

        private void look(BitSet now) throws IOException, PassedOverException {
            looked = nanoClock.getAsLong();
            for (Count count : counts) {
                count.follow(now.get(count.cpu));
            }
        }

        /** The whole's events are opened before those of its vCPUs, so that these never seem to have used more. */
        private void lookIfDue() throws IOException, PassedOverException {
            if (nanoClock.getAsLong() - looked > LOOK_NANOS) {
                BitSet now = online.read();
                look(now);
                if (vcpus != null) {
                    vcpus.look(now);
                }
            }
        }

        @Override
        public void addTo(long[] nanos) throws IOException, PassedOverException {
            if (whole == null) {
                lookIfDue();
            } else {
                whole.lookIfDue();
            }
            for (int i = 0; i < counts.size(); i++) {
                Count count = counts.get(i);
                nanos[count.cpu] += count.nanos();
            }
        }

        @Override
        public SubtreeTimes ofVcpus(Vcpus parts) throws IOException, PassedOverException {
            if (parts.groups().isEmpty()) {
                throw new PassedOverException(
                        "the vCPUs have no control groups of their own (vcpu0, vcpu1, …), whose events could be counted");
            }
            Times ofVcpus = new Times(parts.groups(), this);
            vcpus = ofVcpus;
            return ofVcpus;
        }

        @Override
        public Instant attachedAt() {
            return attachedAt;
        }

        @Override
        public void close() {
            if (whole != null) {
                whole.vcpus = null;
            }
            counts.forEach(Count::stop);
        }
    }
}
