package dev.vireo.driver.qemu.cgroup.reading;

/** The unit of {@code cpuacct.stat}, {@code /proc/PID/stat} and {@code /proc/stat}. */
public final class Ticks {
    /** USER_HZ, which is 100 on each architecture that runs KVM, whatever HZ the kernel was built with. */
    private static final long PER_SECOND = 100;

    private static final long NANOS = 1_000_000_000L / PER_SECOND;
    private static final long MOST = Long.divideUnsigned(-1, NANOS);

    private Ticks() {}

    /**
     * Converts what a file says.
     *
     * @param ticks a number of ticks
     * @param from the text that has it
     * @return nanoseconds
     * @throws MalformedFileException if they are more than fit: an error of the file's, not a wrong number
     */
    public static long toNanos(long ticks, KernelText from) throws MalformedFileException {
        if (Long.compareUnsigned(ticks, MOST) > 0) {
            throw from.malformed(Long.toUnsignedString(ticks) + " ticks are more nanoseconds than 2^64 - 1");
        }
        return ticks * NANOS;
    }

    /**
     * Adds two times up.
     *
     * @param first nanoseconds, unsigned
     * @param second nanoseconds, unsigned
     * @param from the text that has them
     * @return their sum
     * @throws MalformedFileException if it is more than fits
     */
    public static long sum(long first, long second, KernelText from) throws MalformedFileException {
        long sum = first + second;
        if (Long.compareUnsigned(sum, first) < 0) {
            throw from.malformed("two of its times together are more nanoseconds than 2^64 - 1");
        }
        return sum;
    }
}
