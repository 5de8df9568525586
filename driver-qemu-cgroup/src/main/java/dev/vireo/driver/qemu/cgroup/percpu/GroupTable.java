package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import dev.vireo.driver.qemu.cgroup.linux.Descriptor;
import dev.vireo.driver.qemu.cgroup.linux.MapElements;
import dev.vireo.driver.qemu.cgroup.linux.MapSpec;
import dev.vireo.driver.qemu.cgroup.linux.ProgramRun;
import dev.vireo.driver.qemu.cgroup.linux.SharedMemory;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.GroupFields;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.GroupMaps;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.SchedGroupProgram;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Slots for control groups, each with the memory that its reading comes to, and the program that reads one slot. A slot keeps
 * its group from going away for good until it is given back. Thread-safe; one slot is for one reader at a time.
 */
final class GroupTable implements AutoCloseable {
    static final int SLOTS = 1024;

    private final Bpf bpf;
    private final Closing closing = new Closing();
    private final Descriptor program;
    private final SharedMemory readings;
    private final MapElements groups;
    private final int readingSize;
    private final BitSet taken = new BitSet();

    GroupTable(Bpf bpf, GroupFields fields, int cpus) throws IOException {
        this.bpf = bpf;
        try {
            Descriptor groupMap =
                    closing.add(bpf.createMap(new MapSpec(MapSpec.Type.CGROUP_ARRAY, 4, 4, SLOTS, 0, "vireo_slots")));
            int size = new GroupMaps(0, 0, 0, cpus).readingSize();
            Descriptor readingMap = closing.add(
                    bpf.createMap(new MapSpec(MapSpec.Type.ARRAY, 4, size, SLOTS, MapSpec.SHARED, "vireo_readings")));
            Descriptor anchor =
                    closing.add(bpf.createMap(new MapSpec(MapSpec.Type.PERCPU_ARRAY, 4, 8, 1, 0, "vireo_anchor")));
            GroupMaps maps = new GroupMaps(groupMap.number(), readingMap.number(), anchor.number(), cpus);
            byte[] code = SchedGroupProgram.assemble(fields, maps, ByteOrder.nativeOrder());
            program = closing.add(bpf.loadProgram(code, "vireo_group"));
            readings = closing.add(SharedMemory.of(readingMap, (long) SLOTS * size));
            groups = bpf.elements(groupMap);
            readingSize = size;
        } catch (IOException | RuntimeException failed) {
            closing.close();
            throw failed;
        }
    }

    /** Takes a slot for a group; returns -1 if none is left. */
    synchronized int take(Path group) throws IOException {
        int slot = taken.nextClearBit(0);
        if (slot >= SLOTS) {
            return -1;
        }
        try (Descriptor directory = Descriptor.ofDirectory(group)) {
            groups.put(slot, directory.number());
        }
        taken.set(slot);
        return slot;
    }

    synchronized void giveBack(int slot) {
        try {
            groups.remove(slot);
        } catch (IOException refused) {
            // the whole table goes with the connection
        }
        taken.clear(slot);
    }

    /** Prepares to run the program; each reader has runs of his own. */
    ProgramRun runs() {
        return bpf.runs(program);
    }

    /** Returns a number of the last reading of a slot, by its place in {@link GroupMaps}. */
    long reading(int slot, int place) {
        return readings.getLong(slot * readingSize + place * Long.BYTES);
    }

    @Override
    public synchronized void close() {
        closing.close();
    }
}
