package dev.vireo.driver.qemu.cgroup.percpu.bpf;

import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R0;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R1;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R10;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R2;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R3;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R6;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R7;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R8;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R9;

import java.nio.ByteOrder;

/**
 * Reads the run time of a control group's scheduler group on each CPU, when it is told to: each group has an entity in the
 * queue of each CPU, which is charged what the threads in and below the group run there.
 *
 * <p>It follows addresses by {@code bpf_probe_read_kernel}, which answers a wrong one with zeros; that what it reads is right
 * shows in the sum.
 */
public final class SchedGroupProgram {
    // places on the stack
    private static final int SLOT = -8;
    private static final int POINTER = -16;
    private static final int SERIAL = -24;
    private static final int ANCHOR = -32;

    private SchedGroupProgram() {}

    /**
     * Assembles the program.
     *
     * @param fields where this kernel's fields lie
     * @param maps what it reads and writes
     * @param order the processor's order of bytes
     * @return its instructions; their argument is a slot
     */
    public static byte[] assemble(GroupFields fields, GroupMaps maps, ByteOrder order) {
        Assembler code = new Assembler(order);
        code.loadLong(R6, R1, 0).store(R10, SLOT, R6);
        code.map(R1, maps.readings()).move(R2, R10).add(R2, SLOT).call(Helper.MAP_LOOKUP_ELEM);
        code.jumpIfEqual(R0, 0, "end").move(R7, R0);
        code.storeLong(R7, GroupMaps.SERIAL * Long.BYTES, 0);
        findSchedulerGroup(code, fields, maps);
        if (fields.layout() == GroupFields.Layout.PER_CPU) {
            addressOf(code, maps.anchor(), R6);
            code.add(R6, fields.elements());
            follow(code, R6, 0);
            code.storeLong(R10, ANCHOR, R6);
        }
        readEntities(code, fields, maps);
        code.loadLong(R1, R10, SERIAL).storeLong(R7, GroupMaps.SERIAL * Long.BYTES, R1);
        return code.label("end").move(R0, 0).exit().assemble();
    }

    /** Leaves its address in R8, and in R9 what leads from there to the entities. */
    private static void findSchedulerGroup(Assembler code, GroupFields fields, GroupMaps maps) {
        addressOf(code, maps.groups(), R8);
        code.shiftLeft(R6, 3).add(R8, R6);
        follow(code, R8, fields.elements());
        code.jumpIfEqual(R8, 0, "end");
        follow(code, R8, fields.controller());
        code.jumpIfEqual(R8, 0, "end");
        code.move(R9, R8);
        follow(code, R9, fields.serial());
        code.storeLong(R10, SERIAL, R9).move(R9, R8);
        follow(code, R9, fields.entities());
    }

    private static void readEntities(Assembler code, GroupFields fields, GroupMaps maps) {
        code.move(R6, 0).label("cpu");
        if (fields.layout() == GroupFields.Layout.ARRAY) {
            code.move(R8, R6).shiftLeft(R8, 3).add(R8, R9);
            follow(code, R8, 0);
        } else {
            entityOfCpu(code, maps);
        }
        code.move(R1, R6).shiftLeft(R1, 3).add(R1, R7).add(R1, GroupMaps.TIMES * Long.BYTES);
        code.move(R2, Long.BYTES).move(R3, R8).add(R3, fields.runTime()).call(Helper.PROBE_READ_KERNEL);
        code.add(R6, 1).jumpIfLess(R6, maps.cpus(), "cpu");
    }

    /** A CPU's memory lies as far from where all of it is counted from as its number in the anchor does. */
    private static void entityOfCpu(Assembler code, GroupMaps maps) {
        code.store(R10, POINTER, 0);
        code.map(R1, maps.anchor()).move(R2, R10).add(R2, POINTER).move(R3, R6);
        code.call(Helper.MAP_LOOKUP_PERCPU_ELEM).move(R8, 0).jumpIfEqual(R0, 0, "outside");
        code.storeLong(R7, GroupMaps.SCRATCH * Long.BYTES, R0).loadLong(R8, R7, GroupMaps.SCRATCH * Long.BYTES);
        code.loadLong(R1, R10, ANCHOR).subtract(R8, R1).add(R8, R9).label("outside");
    }

    /** The kernel lets a program of this kind write an address to memory, and read it back as a number. */
    private static void addressOf(Assembler code, int map, Register to) {
        code.map(R1, map).storeLong(R7, GroupMaps.SCRATCH * Long.BYTES, R1);
        code.loadLong(to, R7, GroupMaps.SCRATCH * Long.BYTES);
    }

    /** Replaces an address by what is stored at so many bytes behind it. */
    private static void follow(Assembler code, Register address, int offset) {
        code.move(R1, R10)
                .add(R1, POINTER)
                .move(R2, Long.BYTES)
                .move(R3, address)
                .add(R3, offset);
        code.call(Helper.PROBE_READ_KERNEL).loadLong(address, R10, POINTER);
    }
}
