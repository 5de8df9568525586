package dev.vireo.driver.qemu.cgroup.percpu.bpf;

import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R0;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R1;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R10;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R2;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R6;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R7;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R8;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R9;

import java.nio.ByteOrder;

/**
 * Counts the time that threads run, as the scheduler measures it: {@code tp_btf/sched_stat_runtime}. It goes from the
 * thread's control group upwards and adds the time to the row of each group that is watched, at the place of the CPU that the
 * thread is on.
 *
 * <p>Nothing is added at once by two CPUs: a CPU's place is written under the lock of that CPU's queue of threads, which is
 * held while the event is told, whichever CPU tells it.
 */
public final class SchedEventsProgram {
    /** The event that it runs at; its arguments are the thread and the nanoseconds. */
    public static final String EVENT = "sched_stat_runtime";
    /** The kernel must see an end; no real tree of control groups is as deep. */
    private static final int MOST_LEVELS = 32;

    // places on the stack
    private static final int KEY = -8;
    private static final int ROW = -16;

    private SchedEventsProgram() {}

    /**
     * Assembles the program.
     *
     * @param fields where this kernel's fields lie
     * @param maps what it writes to
     * @param order the processor's order of bytes
     * @return its instructions
     */
    public static byte[] assemble(TaskFields fields, EventMaps maps, ByteOrder order) {
        Assembler code = new Assembler(order);
        code.loadLong(R6, R1, 0).loadLong(R7, R1, 8);
        code.loadLong(R8, R6, fields.controlGroups()).loadLong(R8, R8, fields.unified());
        // a CPU beyond those that rows were made for would be counted in another row
        code.load(R2, R6, fields.cpu())
                .jumpIfLess(R2, maps.rows().cpus(), "known")
                .jump("end")
                .label("known");
        code.move(R9, 0).label("group");
        skipUnlessWatchedLevel(code, fields, maps);
        lookUpGroup(code, fields, maps);
        code.storeLong(R10, ROW, R0);
        addToRow(code, fields, maps, R0);
        lookUpThread(code, fields, maps);
        addToRow(code, fields, maps, R0);
        code.label("up").loadLong(R8, R8, fields.parent()).jumpIfEqual(R8, 0, "end");
        code.loadLong(R8, R8, fields.owner());
        code.add(R9, 1).jumpIfLess(R9, MOST_LEVELS, "group");
        return code.label("end").move(R0, 0).exit().assemble();
    }

    private static void skipUnlessWatchedLevel(Assembler code, TaskFields fields, EventMaps maps) {
        code.mapValue(R1, maps.settings(), EventMaps.LEVELS).loadLong(R1, R1, 0);
        code.load(R2, R8, fields.level()).and(R2, Long.SIZE - 1).shiftRight(R1, R2);
        code.and(R1, 1).jumpIfEqual(R1, 0, "up");
    }

    private static void lookUpGroup(Assembler code, TaskFields fields, EventMaps maps) {
        code.loadLong(R1, R8, fields.node()).loadLong(R1, R1, fields.id()).storeLong(R10, KEY, R1);
        code.map(R1, maps.groups()).move(R2, R10).add(R2, KEY).call(Helper.MAP_LOOKUP_ELEM);
        code.jumpIfEqual(R0, 0, "up").loadLong(R0, R0, 0);
    }

    private static void lookUpThread(Assembler code, TaskFields fields, EventMaps maps) {
        code.loadLong(R1, R10, ROW).shiftRight(R1, Integer.SIZE).jumpIfEqual(R1, 0, "up");
        code.load(R1, R6, fields.tgid()).shiftLeft(R1, Integer.SIZE);
        code.load(R2, R6, fields.pid()).add(R1, R2).storeLong(R10, KEY, R1);
        code.map(R1, maps.threads()).move(R2, R10).add(R2, KEY).call(Helper.MAP_LOOKUP_ELEM);
        code.jumpIfEqual(R0, 0, "up").loadLong(R0, R0, 0);
    }

    private static void addToRow(Assembler code, TaskFields fields, EventMaps maps, Register row) {
        code.moveInt(R1, row).multiply(R1, maps.rows().length());
        code.load(R2, R6, fields.cpu()).add(R1, R2).store(R10, KEY, R1);
        code.map(R1, maps.times()).move(R2, R10).add(R2, KEY).call(Helper.MAP_LOOKUP_ELEM);
        code.jumpIfEqual(R0, 0, "up").loadLong(R1, R0, 0).add(R1, R7).storeLong(R0, 0, R1);
    }
}
