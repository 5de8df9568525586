package dev.vireo.driver.qemu.cgroup.linux;

import java.io.IOException;

/**
 * The CPU time of a whole process, ended threads included, in nanoseconds: {@code clock_getcpuclockid(3)}. Anybody may read
 * anybody's. It goes by pid, in the reader's own PID namespace: who reads it must know that the process has not been
 * replaced. Not thread-safe.
 */
public final class ProcessClock {
    private static final int NANOS = 8;

    private final NativeBuffer time = NativeBuffer.allocate(16);
    private final int pid;
    private final int clock;

    /**
     * Finds the clock of a process.
     *
     * @param pid the process
     * @throws IOException if there is no such process
     */
    public ProcessClock(int pid) throws IOException {
        this.pid = pid;
        int error = Libc.cpuClockOf(pid, time);
        if (error != 0) {
            throw failed(error);
        }
        clock = time.bytes().getInt(0);
    }

    /**
     * Reads the clock.
     *
     * @return nanoseconds since the process started
     * @throws IOException if the process has ended
     */
    public long nanos() throws IOException {
        int error = Libc.time(clock, time);
        if (error != 0) {
            throw failed(-error);
        }
        return time.bytes().getLong(0) * 1_000_000_000L + time.bytes().getLong(NANOS);
    }

    private IOException failed(int error) {
        String what = "the CPU clock of process " + pid;
        return new IOException(error == Libc.ESRCH ? what + ": no such process" : what + ": errno " + error);
    }
}
