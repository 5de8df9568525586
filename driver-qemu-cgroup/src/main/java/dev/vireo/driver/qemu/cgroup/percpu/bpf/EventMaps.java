package dev.vireo.driver.qemu.cgroup.percpu.bpf;

/**
 * The maps that the counting programs write to, by their descriptors in this process.
 *
 * @param groups from a control group's inode to the row of its times
 * @param threads from process and thread to the row of its times, for rows that ask for threads
 * @param processes from a process to the row that says when it has ended
 * @param times all rows, one after the other
 * @param settings what the programs are to look for
 * @param rows how a row is laid out
 */
public record EventMaps(int groups, int threads, int processes, int times, int settings, RowLayout rows) {
    /** In the settings: a bit for each level at which a watched control group may lie. */
    public static final int LEVELS = 0;
    /** Bit of a row's number in {@code groups}: the threads that are watched are to be looked up, too. */
    public static final long WITH_THREADS = 1L << 32;

    /**
     * Returns the row that a map leads to.
     *
     * @param value a value of {@code groups}, {@code threads} or {@code processes}
     * @return the row's number
     */
    public static int row(long value) {
        return (int) value;
    }
}
