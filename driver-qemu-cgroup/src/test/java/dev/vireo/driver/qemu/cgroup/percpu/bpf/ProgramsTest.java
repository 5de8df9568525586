package dev.vireo.driver.qemu.cgroup.percpu.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.driver.qemu.cgroup.percpu.btf.BtfException;
import dev.vireo.driver.qemu.cgroup.percpu.btf.RecordedKernel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs as they were when the kernels of their types loaded them and what they counted was right: any change shows here,
 * and has to be tried on those kernels. They are the same on x86-64 and arm64, whose byte order is one; only the places of
 * fields differ.
 */
class ProgramsTest {
    private static final int INSTRUCTION = 8;
    private static final int CPUS = 2;
    private static final EventMaps EVENT_MAPS = new EventMaps(3, 4, 5, 6, 7, new RowLayout(CPUS));
    private static final GroupMaps GROUP_MAPS = new GroupMaps(3, 4, 5, CPUS);

    @ParameterizedTest
    @EnumSource
    void theProgramsAreThoseThatWereTried(RecordedKernel kernel) throws BtfException, IOException {
        TaskFields tasks = TaskFields.of(kernel.types());
        GroupFields groups = GroupFields.of(kernel.types());
        String programs = text(
                        "sched_stat_runtime", SchedEventsProgram.assemble(tasks, EVENT_MAPS, ByteOrder.LITTLE_ENDIAN))
                + text("sched_process_exit", ProcessEndProgram.assemble(tasks, EVENT_MAPS, ByteOrder.LITTLE_ENDIAN))
                + text("sched_group", SchedGroupProgram.assemble(groups, GROUP_MAPS, ByteOrder.LITTLE_ENDIAN));
        assertEquals(tried(kernel), programs);
    }

    private static String text(String name, byte[] program) {
        return IntStream.range(0, program.length / INSTRUCTION)
                .mapToObj(i -> HexFormat.of().formatHex(program, i * INSTRUCTION, (i + 1) * INSTRUCTION))
                .collect(Collectors.joining("\n", name + "\n", "\n"));
    }

    private static String tried(RecordedKernel kernel) throws IOException {
        String name = "/kernels/" + kernel.version() + ".programs";
        try (InputStream stored = ProgramsTest.class.getResourceAsStream(name)) {
            return new String(stored.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
