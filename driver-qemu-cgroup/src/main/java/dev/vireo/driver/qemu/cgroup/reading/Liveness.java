package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Tells whether a process still runs. The kept-open {@code /proc/PID/statm} belongs to that one process, so a pid that is
 * used again does not deceive it, and a zombie has no memory left.
 */
final class Liveness implements AutoCloseable {
    private final KernelFile statm;

    Liveness(Path process) throws IOException {
        statm = new KernelFile(process.resolve("statm"));
    }

    boolean isAlive() {
        try {
            statm.reread();
            return statm.nextUnsigned() != 0;
        } catch (IOException gone) {
            return false; // ESRCH: the process has been waited for
        }
    }

    @Override
    public void close() throws IOException {
        statm.close();
    }
}
