package dev.vireo.driver.test;

/**
 * How a domain of a {@link TestHypervisor} is scheduled.
 *
 * @param cpuShares its weight, 2 or more
 * @param periodMicros the period of the limit, in microseconds
 * @param quotaMicros how long it may run in each period, in microseconds, -1 for no limit
 */
public record SchedulerTuning(long cpuShares, long periodMicros, long quotaMicros) {
    /** What a domain has that nobody has tuned: cgroup v1's default weight, and no limit. */
    public static final SchedulerTuning UNLIMITED = new SchedulerTuning(1024, 100_000, -1);

    /**
     * Checks what is given.
     *
     * @throws IllegalArgumentException if a number is none that the kernel would take
     */
    public SchedulerTuning {
        if (cpuShares < 2 || periodMicros < 1000 || periodMicros > 1_000_000) {
            throw new IllegalArgumentException("shares are 2 or more and a period is 1000 to 1000000 us, not "
                    + cpuShares + " and " + periodMicros);
        }
        if (quotaMicros != -1 && quotaMicros < 1000) {
            throw new IllegalArgumentException("a quota is -1 or 1000 us or more, not " + quotaMicros);
        }
    }
}
