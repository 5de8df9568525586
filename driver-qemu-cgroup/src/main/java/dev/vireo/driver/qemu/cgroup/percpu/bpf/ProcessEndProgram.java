package dev.vireo.driver.qemu.cgroup.percpu.bpf;

import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R0;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R1;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R10;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R2;
import static dev.vireo.driver.qemu.cgroup.percpu.bpf.Register.R6;

import java.nio.ByteOrder;

/**
 * Notes when the last thread of a watched process ends: {@code tp_btf/sched_process_exit}. So whoever reads times from memory
 * sees there, without a system call, that the guest still ran.
 */
public final class ProcessEndProgram {
    /** The event that it runs at; its first argument is the thread. */
    public static final String EVENT = "sched_process_exit";

    private static final int KEY = -8;

    private ProcessEndProgram() {}

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
        code.loadLong(R6, R1, 0);
        // the kernel has taken this thread off by now
        code.loadLong(R1, R6, fields.signal()).load(R1, R1, fields.live()).jumpIfNotEqual(R1, 0, "end");
        code.load(R1, R6, fields.tgid()).storeLong(R10, KEY, R1);
        code.map(R1, maps.processes()).move(R2, R10).add(R2, KEY).call(Helper.MAP_LOOKUP_ELEM);
        code.jumpIfEqual(R0, 0, "end").load(R1, R0, 0);
        code.multiply(R1, maps.rows().length()).add(R1, maps.rows().ended()).store(R10, KEY, R1);
        code.map(R1, maps.times()).move(R2, R10).add(R2, KEY).call(Helper.MAP_LOOKUP_ELEM);
        code.jumpIfEqual(R0, 0, "end").storeLong(R0, 0, 1);
        return code.label("end").move(R0, 0).exit().assemble();
    }
}
