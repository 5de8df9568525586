package dev.vireo.driver.qemu.cgroup.linux;

import java.io.IOException;

/** The runs of one program, which make no garbage. Not thread-safe. */
public final class ProgramRun {
    private static final int PROG_TEST_RUN = 10;
    private static final int ARGUMENTS_SIZE = 16;

    private final Bpf bpf;
    private final Descriptor program;
    private final NativeBuffer attributes;
    private final NativeBuffer arguments;

    ProgramRun(Bpf bpf, Descriptor program) {
        this.bpf = bpf;
        this.program = program;
        // one piece of memory, since there is one of these for each guest
        NativeBuffer memory = NativeBuffer.allocate(Bpf.ATTRIBUTES + ARGUMENTS_SIZE);
        this.attributes = memory.part(0, Bpf.ATTRIBUTES);
        this.arguments = memory.part(Bpf.ATTRIBUTES, ARGUMENTS_SIZE);
    }

    /**
     * Runs the program once.
     *
     * @param argument its argument
     * @throws IOException if the kernel refuses
     */
    public void run(long argument) throws IOException {
        arguments.bytes().putLong(0, argument);
        attributes.bytes().putInt(0, program.number()).putInt(40, ARGUMENTS_SIZE);
        attributes.bytes().putLong(48, arguments.address());
        Bpf.checked("bpf(PROG_TEST_RUN)", bpf.call(PROG_TEST_RUN, attributes, arguments));
    }
}
