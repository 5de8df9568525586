package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/**
 * Tells whether a process still runs, by a file of its own that is kept open: it belongs to that one process, so a pid that
 * is used again does not deceive it, and it has nothing to say of a zombie, which has no memory left. Not thread-safe.
 */
final class Liveness implements AutoCloseable {
    private final GuestProcess process;
    private final KernelFile file;
    private final boolean isStatm;

    /**
     * Opens the file of a process: {@code coredump_filter}, which is empty for a zombie and costs half as much, or where
     * the kernel writes no core dumps {@code statm}, which is all zeros.
     *
     * @throws NoSuchFileException if that run has ended: another process may have its pid by now
     */
    Liveness(GuestProcess process, OpenFileBudget budget) throws IOException {
        this.process = process;
        isStatm = Files.notExists(process.directory().resolve("coredump_filter"));
        file = new KernelFile(process.directory().resolve(isStatm ? "statm" : "coredump_filter"), budget);
        try {
            // after opening: what is open cannot change hands any more
            if (ProcessStat.read(process.directory()).startTime() != process.startTime()) {
                throw new NoSuchFileException(process.directory().toString(), null, "another process has the pid now");
            }
        } catch (IOException ended) {
            file.close();
            throw ended;
        }
    }

    /** Tells whether it runs, and so ran until now. What cannot be found out for want of descriptors is no end. */
    boolean isAlive(KernelText text) {
        try {
            file.read(text);
            boolean hasMemory = isStatm ? text.nextUnsigned() != 0 : !text.isAtEnd();
            return hasMemory && isThisRun();
        } catch (MalformedFileException | NoSuchFileException gone) {
            return false;
        } catch (IOException failed) {
            // ESRCH: the process has been waited for
            return Files.exists(process.directory()) && !process.hasEnded();
        }
    }

    /** A file that was opened again, by its path, may be another process's: that is looked up once. */
    private boolean isThisRun() {
        if (file.isSameSinceOpen()) {
            return true;
        }
        boolean runs = !process.hasEnded();
        if (runs) {
            file.trust();
        }
        return runs;
    }

    @Override
    public void close() {
        file.close();
    }
}
