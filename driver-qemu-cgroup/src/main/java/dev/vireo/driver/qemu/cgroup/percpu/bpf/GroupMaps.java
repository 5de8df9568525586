package dev.vireo.driver.qemu.cgroup.percpu.bpf;

/**
 * The maps of the program that reads scheduler groups, by their descriptors in this process.
 *
 * @param groups the control groups, by slot
 * @param readings what was read of each, by slot
 * @param anchor a number for each CPU, whose address shows where that CPU's memory lies
 * @param cpus how many CPUs a reading has room for
 */
public record GroupMaps(int groups, int readings, int anchor, int cpus) {
    /** In a reading, as a multiple of 8 bytes: the serial number of the cpu controller's state, 0 if there is none. */
    public static final int SERIAL = 0;
    /** In a reading: for the program's own use. */
    static final int SCRATCH = 1;
    /** In a reading: the time on the first CPU; those on the others follow. */
    public static final int TIMES = 2;

    /**
     * Returns how large a reading is.
     *
     * @return a number of bytes
     */
    public int readingSize() {
        return (TIMES + cpus) * Long.BYTES;
    }
}
