package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/**
 * Tells whether a process still runs. A kept-open {@code /proc/PID/statm} belongs to that one process, so a pid that is
 * used again does not deceive it, and a zombie has no memory left. Not thread-safe.
 */
final class Liveness implements AutoCloseable {
    private final GuestProcess process;
    private final KernelFile statm;

    /**
     * Opens the file of a process.
     *
     * @throws NoSuchFileException if that run has ended: another process may have its pid by now
     */
    Liveness(GuestProcess process, OpenFileBudget budget) throws IOException {
        this.process = process;
        statm = new KernelFile(process.directory().resolve("statm"), budget);
        try {
            // after opening: what is open cannot change hands any more
            if (ProcessStat.read(process.directory()).startTime() != process.startTime()) {
                throw new NoSuchFileException(process.directory().toString(), null, "another process has the pid now");
            }
        } catch (IOException ended) {
            statm.close();
            throw ended;
        }
    }

    /** Tells whether it runs, and so ran until now. What cannot be found out for want of descriptors is no end. */
    boolean isAlive(KernelText text) {
        try {
            statm.read(text);
            if (text.nextUnsigned() == 0) {
                return false;
            }
        } catch (MalformedFileException | NoSuchFileException gone) {
            return false;
        } catch (IOException failed) {
            // ESRCH: the process has been waited for
            return Files.exists(process.directory()) && !process.hasEnded();
        }
        return statm.isSameSinceOpen() || !process.hasEnded();
    }

    @Override
    public void close() throws IOException {
        statm.close();
    }
}
