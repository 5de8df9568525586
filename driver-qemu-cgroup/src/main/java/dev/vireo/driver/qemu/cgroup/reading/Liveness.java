package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.driver.qemu.cgroup.linux.ProcessEnds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a process still runs: by a descriptor of it, or where there are none (an old kernel, another PID namespace,
 * a used-up budget) by {@code /proc/PID/statm}, where a zombie has no memory left. Either belongs to that one process once
 * it is open, so a pid that is used again does not deceive it. Not thread-safe.
 */
final class Liveness implements AutoCloseable {
    private final GuestProcess process;
    private final OpenFileBudget budget;
    private final ProcessEnds ends = new ProcessEnds();
    private final @Nullable KernelFile statm;
    private int descriptor = -1;

    /**
     * Opens what tells about a process.
     *
     * @throws NoSuchFileException if that run has ended: another process may have its pid by now
     */
    Liveness(GuestProcess process, OpenFileBudget budget) throws IOException {
        this.process = process;
        this.budget = budget;
        openDescriptor();
        statm = descriptor >= 0 ? null : new KernelFile(process.directory().resolve("statm"), budget);
        try {
            // after opening: what is open cannot change hands any more
            if (ProcessStat.read(process.directory()).startTime() != process.startTime()) {
                throw new NoSuchFileException(process.directory().toString(), null, "another process has the pid now");
            }
        } catch (IOException ended) {
            close();
            throw ended;
        }
    }

    private void openDescriptor() {
        if (process.isOfOurNamespace() && budget.take()) {
            OptionalInt opened = ProcessEnds.open(process.pid());
            if (opened.isPresent()) {
                descriptor = opened.getAsInt();
                ends.add(descriptor);
            } else {
                budget.giveBack();
            }
        }
    }

    /** Returns the descriptor of the process, -1 if there is none. */
    int descriptor() {
        return descriptor;
    }

    /** Tells whether it runs, and so ran until now. What cannot be found out for want of descriptors is no end. */
    boolean isAlive(KernelText text) {
        try {
            return statm == null ? runs() : hasMemory(statm, text);
        } catch (MalformedFileException | NoSuchFileException gone) {
            return false;
        } catch (IOException failed) {
            // ESRCH: the process has been waited for
            return Files.exists(process.directory()) && !process.hasEnded();
        }
    }

    private boolean runs() throws IOException {
        ends.ask();
        return !ends.hasEnded(0);
    }

    private boolean hasMemory(KernelFile file, KernelText text) throws IOException {
        file.read(text);
        return text.nextUnsigned() != 0 && (file.isSameSinceOpen() || !process.hasEnded());
    }

    @Override
    public void close() throws IOException {
        if (descriptor >= 0) {
            ProcessEnds.close(descriptor);
            descriptor = -1;
            budget.giveBack();
        }
        if (statm != null) {
            statm.close();
        }
    }
}
