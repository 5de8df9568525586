package dev.vireo.driver.qemu.cgroup.percpu;

import java.util.concurrent.TimeUnit;

/**
 * Compares the sum over all CPUs with the group's total, from the first comparison on: both ought to grow alike. Not
 * thread-safe.
 */
public final class SumCheck {
    /** How long a comparison holds for whoever reads the CPUs alone. */
    public static final long DUE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** How long it holds for whoever reads totals as well, where a sum takes a system call. */
    public static final long COSTLY_DUE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The longest tick of any kernel: what runs on a CPU may not have been charged for so long. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long PART = 200;

    private final long ticks;
    private final boolean withPart;
    private final long firstSum;
    private final long firstTotal;
    private long recentSum;
    private long recentTotal;

    /**
     * Begins with a first reading of both.
     *
     * @param sum the sum over all CPUs, in nanoseconds
     * @param total the group's total, in nanoseconds
     * @param cpus how many CPUs are online
     * @param withPart whether 0.5 % may be missing, beside a tick for each CPU
     */
    public SumCheck(long sum, long total, int cpus, boolean withPart) {
        this.firstSum = sum;
        this.firstTotal = total;
        this.recentSum = sum;
        this.recentTotal = total;
        this.ticks = cpus * TICK_NANOS;
        this.withPart = withPart;
    }

    /**
     * Tells whether the first sum lacks more of the first total than may be missing: then something was not counted yet.
     *
     * @return whether the sum began later than the total
     */
    public boolean beganLate() {
        return firstTotal - firstSum > tolerance(firstTotal);
    }

    /**
     * Requires that nothing is missing of the sum.
     *
     * @param total the group's total, in nanoseconds
     * @param sum the sum over all CPUs, read after it
     * @throws PassedOverException if it has grown too little
     */
    public void requireAll(long total, long sum) throws PassedOverException {
        requireAll(total - firstTotal, sum - firstSum, tolerance(total - firstTotal));
        requireAll(total - recentTotal, sum - recentSum, tolerance(total - recentTotal));
    }

    private static void requireAll(long grown, long sumGrown, long tolerance) throws PassedOverException {
        if (grown - sumGrown > tolerance) {
            throw drifted(grown, sumGrown);
        }
    }

    /**
     * Compares with these from now on, as well as with the first ones: what was right for long may not be wrong for long.
     *
     * @param sum the sum over all CPUs
     * @param total the group's total
     */
    public void moveOn(long sum, long total) {
        recentSum = sum;
        recentTotal = total;
    }

    /**
     * Requires that nothing is in the sum that was not used.
     *
     * @param sum the sum over all CPUs, in nanoseconds
     * @param total the group's total, read after it
     * @throws PassedOverException if the sum has grown too much
     */
    public void requireNotMore(long sum, long total) throws PassedOverException {
        if (isMore(sum, total)) {
            throw drifted(total - firstTotal, sum - firstSum);
        }
    }

    /**
     * Tells whether a sum has grown more than a total.
     *
     * @param sum the sum over all CPUs, in nanoseconds
     * @param total the group's total
     * @return whether by more than may be
     */
    public boolean isMore(long sum, long total) {
        long grown = total - firstTotal;
        return sum - firstSum - grown > tolerance(grown);
    }

    private static PassedOverException drifted(long grown, long sumGrown) {
        return new PassedOverException("its sum grew by " + TimeUnit.NANOSECONDS.toMicros(sumGrown)
                + " us where cpu.stat grew by " + TimeUnit.NANOSECONDS.toMicros(grown)
                + ": it does not know the time of all threads, as those of a real-time class");
    }

    private long tolerance(long time) {
        return withPart ? Math.max(ticks, time / PART) : ticks;
    }
}
