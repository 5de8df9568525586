package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import dev.vireo.driver.qemu.cgroup.linux.ProgramRun;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.GroupFields;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.GroupMaps;
import dev.vireo.driver.qemu.cgroup.percpu.btf.BtfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link PerCpuSource#SCHED_GROUP}: costs nothing while nobody reads. It knows the threads of the fair class alone, so whoever
 * reads it compares the sum with {@code cpu.stat}.
 */
final class SchedGroups implements Counting {
    private final Bpf bpf;
    private final GroupFields fields;
    private final int cpus;
    private final Path sysfs;
    private final List<GroupTable> tables = new ArrayList<>();

    /** Loads the program, so that what is missing is known at once. */
    SchedGroups(Bpf bpf, CountingHost host) throws IOException, PassedOverException {
        this.bpf = bpf;
        this.cpus = host.cpus();
        this.sysfs = host.sysfs();
        try {
            fields = GroupFields.of(KernelTypes.read(host.sysfs()));
            tables.add(anotherTable());
        } catch (BtfException missing) {
            throw KernelTypes.lacking(missing);
        } catch (IOException refused) {
            throw Refusals.ofBpf(refused, host.sysfs());
        }
    }

    @Override
    public SubtreeTimes open(Subtree subtree) throws IOException, PassedOverException {
        Slot slot = take(subtree.group());
        try {
            slot.run();
            if (slot.serial() == 0) {
                throw CpuController.missingIn(subtree.group());
            }
            return new Times(List.of(slot), subtree.group());
        } catch (IOException | PassedOverException | RuntimeException failed) {
            slot.giveBack();
            throw failed;
        }
    }

    private synchronized Slot take(Path group) throws IOException, PassedOverException {
        for (GroupTable table : tables) {
            int slot = table.take(group);
            if (slot >= 0) {
                return new Slot(table, slot);
            }
        }
        GroupTable another = anotherTable();
        tables.add(another);
        return new Slot(another, another.take(group));
    }

    private GroupTable anotherTable() throws IOException, PassedOverException {
        try {
            return new GroupTable(bpf, fields, cpus);
        } catch (IOException refused) {
            throw Refusals.ofBpf(refused, sysfs);
        }
    }

    @Override
    public synchronized void close() {
        tables.forEach(GroupTable::close);
        tables.clear();
    }

    /** A group's place in a table. */
    private static final class Slot {
        private final GroupTable table;
        private final int number;
        private final ProgramRun runs;

        Slot(GroupTable table, int number) {
            this.table = table;
            this.number = number;
            this.runs = table.runs();
        }

        void run() throws IOException {
            runs.run(number);
        }

        long serial() {
            return table.reading(number, GroupMaps.SERIAL);
        }

        long nanos(int cpu) {
            return table.reading(number, GroupMaps.TIMES + cpu);
        }

        void giveBack() {
            table.giveBack(number);
        }
    }

    /** The time of some groups together. */
    private final class Times implements SubtreeTimes {
        private final List<Slot> slots;
        private final @Nullable Path guest;
        private final long[] serials;

        /** Makes one of a guest's group, or of groups of its vCPUs, which come and go. */
        Times(List<Slot> slots, @Nullable Path guest) {
            this.guest = guest;
            this.slots = List.copyOf(slots);
            this.serials = slots.stream().mapToLong(Slot::serial).toArray();
        }

        @Override
        public void addTo(long[] nanos) throws IOException {
            for (int i = 0; i < serials.length; i++) {
                Slot slot = slots.get(i);
                slot.run();
                long serial = slot.serial();
                if (serial != serials[i]) {
                    throw lost();
                }
                for (int cpu = 0; cpu < cpus; cpu++) {
                    nanos[cpu] += slot.nanos(cpu);
                }
            }
        }

        /** Switched off, off and on, or the group is gone: whoever opens it anew finds out. */
        private IOException lost() {
            return guest != null && Files.exists(guest)
                    ? new NewControllerException()
                    : new IOException("a control group is gone, or its cpu controller");
        }

        @Override
        public SubtreeTimes ofVcpus(Vcpus vcpus) throws IOException, PassedOverException {
            if (vcpus.groups().isEmpty()) {
                throw new PassedOverException("the vCPUs have no control groups of their own (vcpu0, vcpu1, …), and the"
                        + " scheduler's groups do not tell threads apart; ?percpu=sched-events does");
            }
            List<Slot> taken = new ArrayList<>();
            try {
                for (Path group : vcpus.groups()) {
                    Slot slot = take(group);
                    taken.add(slot);
                    slot.run();
                    if (slot.serial() == 0) {
                        throw CpuController.missingIn(group);
                    }
                }
                return new Times(taken, null);
            } catch (IOException | PassedOverException | RuntimeException failed) {
                taken.forEach(Slot::giveBack);
                throw failed;
            }
        }

        @Override
        public @Nullable Instant attachedAt() {
            return null;
        }

        @Override
        public void close() {
            slots.forEach(Slot::giveBack);
        }
    }
}
