package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The thread that is a vCPU: {@code schedstat} tells in nanoseconds how long it ran and how long it waited to run. */
final class VcpuThread implements AutoCloseable {
    /** The fields of {@code stat} between the state and {@code processor}. */
    private static final int WORDS_BEFORE_PROCESSOR = 35;

    private static final String NO_FILE = "the kernel was built without scheduler statistics (CONFIG_SCHED_INFO)";
    private static final String SWITCHED_OFF =
            "the kernel does not collect scheduler statistics (see kernel.task_delayacct)";

    private final int number;
    private final Path task;
    private final OpenFileBudget budget;
    private final @Nullable KernelFile schedstat;
    private @Nullable KernelFile stat;

    VcpuThread(int number, Path task, OpenFileBudget budget) throws IOException {
        this.number = number;
        this.task = task;
        this.budget = budget;
        this.schedstat = openIfKernelHasIt();
    }

    private @Nullable KernelFile openIfKernelHasIt() throws IOException {
        try {
            return new KernelFile(task.resolve("schedstat"), budget);
        } catch (NoSuchFileException missing) {
            if (Files.exists(task.resolve("comm"))) {
                return null;
            }
            throw missing;
        }
    }

    /** Adds its times, or why there are none. */
    void read(KernelText text, VcpuReadings into) throws IOException {
        if (schedstat == null) {
            into.addUnavailable(number, NO_FILE);
            return;
        }
        schedstat.read(text);
        long runTime = text.nextUnsigned();
        long delay = text.nextUnsigned();
        long slices = text.nextUnsigned();
        // a kernel that does not collect prints zeros, and a thread that never ran is no vCPU
        if (runTime == 0 && delay == 0 && slices == 0) {
            into.addUnavailable(number, SWITCHED_OFF);
        } else {
            into.add(number, runTime, delay);
        }
    }

    /** Adds its row, with its state and its CPU and without its times. */
    int describe(KernelText text, VcpuTimes into) throws IOException {
        KernelFile open = stat;
        if (open == null) {
            open = new KernelFile(task.resolve("stat"), budget);
            stat = open;
        }
        open.read(text);
        text.skipName();
        int row = into.add(number, state(text.nextLetter()));
        text.skipWords(WORDS_BEFORE_PROCESSOR);
        long cpu = text.nextUnsigned();
        if (cpu < 0 || cpu > Integer.MAX_VALUE) {
            throw text.malformed("no CPU has the id " + Long.toUnsignedString(cpu));
        }
        into.setCpu(row, (int) cpu);
        return row;
    }

    private static VcpuState state(byte letter) {
        return letter == 'R' ? VcpuState.RUNNING : VcpuState.BLOCKED;
    }

    @Override
    public void close() {
        if (schedstat != null) {
            schedstat.close();
        }
        if (stat != null) {
            stat.close();
            stat = null;
        }
    }
}
