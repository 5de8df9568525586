package dev.vireo.driver.qemu.cgroup.linux;

import java.io.IOException;

/**
 * The time that the threads of a control group run on one CPU, by the kernel's performance events: {@code
 * perf_event_open(2)}. Nested groups count. Not thread-safe.
 */
public final class PerfEvent implements AutoCloseable {
    private static final int TYPE_SOFTWARE = 1;
    private static final int TASK_CLOCK = 1;
    /** The first form of struct perf_event_attr, which all kernels know. */
    private static final int ATTRIBUTES = 64;

    private static final long OF_CGROUP = 1 << 2;
    private static final long CLOSE_ON_EXEC = 1 << 3;

    private final Descriptor event;
    private final NativeBuffer value = NativeBuffer.allocate(Long.BYTES);

    private PerfEvent(Descriptor event) {
        this.event = event;
    }

    /**
     * Begins to count.
     *
     * @param cgroup a descriptor of the control group's directory
     * @param cpu on which CPU
     * @return the count
     * @throws SystemCallException if the kernel refuses: with ENODEV where the CPU is offline
     */
    public static PerfEvent open(Descriptor cgroup, int cpu) throws SystemCallException {
        NativeBuffer attributes = NativeBuffer.allocate(ATTRIBUTES);
        attributes.bytes().putInt(0, TYPE_SOFTWARE).putInt(4, ATTRIBUTES).putLong(8, TASK_CLOCK);
        int answer = Libc.openPerfEvent(attributes, cgroup.number(), cpu, OF_CGROUP | CLOSE_ON_EXEC);
        if (answer < 0) {
            throw new SystemCallException("perf_event_open", -answer);
        }
        return new PerfEvent(new Descriptor(answer));
    }

    /**
     * Reads the count.
     *
     * @return nanoseconds since it was opened
     * @throws IOException if it cannot be read
     */
    public long nanos() throws IOException {
        int length = Libc.read(event.number(), value);
        if (length < 0) {
            throw new SystemCallException("read of a performance event", -length);
        }
        if (length != Long.BYTES) {
            throw new IOException("a performance event told " + length + " bytes, not a number");
        }
        return value.bytes().getLong(0);
    }

    @Override
    public void close() {
        event.close();
    }
}
