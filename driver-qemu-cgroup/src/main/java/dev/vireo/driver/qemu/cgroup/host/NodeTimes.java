package dev.vireo.driver.qemu.cgroup.host;

import dev.vireo.TypedParameters;
import dev.vireo.driver.qemu.cgroup.reading.KernelFile;
import dev.vireo.driver.qemu.cgroup.reading.KernelText;
import dev.vireo.driver.qemu.cgroup.reading.OpenFileBudget;
import dev.vireo.driver.qemu.cgroup.reading.Ticks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The host's own CPU times, from {@code /proc/stat}, put together as libvirt does. */
public final class NodeTimes {
    /** {@code kernel}, {@code user}, {@code idle}, {@code iowait}. */
    public static final int PARAMETERS = 4;

    private static final int COLUMNS = 7;

    private final Path file;

    /**
     * Names the file.
     *
     * @param procfs the directory that stands for {@code /proc}
     */
    public NodeTimes(Path procfs) {
        this.file = procfs.resolve("stat");
    }

    /**
     * Fills in the times of a CPU.
     *
     * @param cpu a CPU id, -1 for the sum of all
     * @param params what to fill
     * @param nparams how many at most
     * @return how many were filled; 0 if the kernel shows no such CPU
     * @throws IOException if the file cannot be read
     */
    public int fill(int cpu, TypedParameters params, int nparams) throws IOException {
        KernelText text = new KernelText();
        try (KernelFile stat = new KernelFile(file, new OpenFileBudget(0))) {
            stat.read(text);
        }
        byte[] key = ("cpu" + (cpu == -1 ? "" : Integer.toString(cpu))).getBytes(StandardCharsets.US_ASCII);
        if (!text.goTo(key)) {
            return 0;
        }
        long[] columns = new long[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            columns[i] = Ticks.toNanos(text.nextUnsigned(), text);
        }
        return fill(columns, text, params, nparams);
    }

    /** The columns are user, nice, system, idle, iowait, irq, softirq; a guest's time is in user. */
    private static int fill(long[] columns, KernelText text, TypedParameters params, int nparams) throws IOException {
        long kernel = Ticks.sum(Ticks.sum(columns[2], columns[5], text), columns[6], text);
        long user = Ticks.sum(columns[0], columns[1], text);
        String[] names = {"kernel", "user", "idle", "iowait"};
        long[] values = {kernel, user, columns[3], columns[4]};
        int filled = Math.min(nparams, PARAMETERS);
        for (int i = 0; i < filled; i++) {
            params.setUnsignedLong(i, names[i], values[i]);
        }
        return filled;
    }
}
