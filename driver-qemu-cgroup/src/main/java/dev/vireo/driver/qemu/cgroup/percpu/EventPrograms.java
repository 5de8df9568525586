package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import dev.vireo.driver.qemu.cgroup.linux.Descriptor;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.EventMaps;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.ProcessEndProgram;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.SchedEventsProgram;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.TaskFields;
import dev.vireo.driver.qemu.cgroup.percpu.btf.Btf;
import dev.vireo.driver.qemu.cgroup.percpu.btf.BtfException;
import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The counting programs, attached to their events. Closing it detaches them, unless they are pinned.
 *
 * @param runtime adds up times
 * @param end notes the ends of processes
 */
record EventPrograms(Descriptor runtime, Descriptor end) implements AutoCloseable {
    static EventPrograms attach(Bpf bpf, Btf btf, EventMaps maps) throws IOException, BtfException {
        TaskFields fields = TaskFields.of(btf);
        ByteOrder order = ByteOrder.nativeOrder();
        // ends first, so that no process is counted whose end would not be noted
        Descriptor end =
                attach(bpf, btf, ProcessEndProgram.EVENT, ProcessEndProgram.assemble(fields, maps, order), "vireo_end");
        try {
            byte[] code = SchedEventsProgram.assemble(fields, maps, order);
            return new EventPrograms(attach(bpf, btf, SchedEventsProgram.EVENT, code, "vireo_runtime"), end);
        } catch (IOException | BtfException | RuntimeException failed) {
            end.close();
            throw failed;
        }
    }

    /** The program itself need not stay open: what is attached keeps it. */
    private static Descriptor attach(Bpf bpf, Btf btf, String event, byte[] code, String name)
            throws IOException, BtfException {
        try (Descriptor program = bpf.loadEventProgram(code, btf.typedef("btf_trace_" + event), name)) {
            return bpf.attach(program);
        }
    }

    @Override
    public void close() {
        runtime.close();
        end.close();
    }
}
