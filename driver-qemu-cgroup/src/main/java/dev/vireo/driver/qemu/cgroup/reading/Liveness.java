package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Tells whether a process still runs. The kept-open {@code /proc/PID/statm} belongs to that one process, so a pid that is
 * used again does not deceive it, and a zombie has no memory left.
 */
final class Liveness implements AutoCloseable {
    private final KernelFile statm;

    /**
     * Opens the file of a process.
     *
     * @param process its directory below {@code /proc}
     * @param startTime its start time: another process may have its pid by now
     * @throws NoSuchFileException if that process has ended
     */
    Liveness(Path process, long startTime) throws IOException {
        statm = new KernelFile(process.resolve("statm"));
        try {
            // after opening: what is open cannot change hands any more
            if (ProcessStat.read(process).startTime() != startTime) {
                throw new NoSuchFileException(process.toString(), null, "another process has the pid now");
            }
        } catch (IOException ended) {
            statm.close();
            throw ended;
        }
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
