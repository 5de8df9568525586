package dev.vireo.driver.qemu.cgroup.reading;

/** The unit of {@code cpuacct.stat} and {@code /proc/PID/stat}. */
final class Ticks {
    /** USER_HZ, which is 100 on each architecture that runs KVM, whatever HZ the kernel was built with. */
    private static final long PER_SECOND = 100;

    private Ticks() {}

    static long toNanos(long ticks) {
        return ticks * (1_000_000_000L / PER_SECOND);
    }
}
