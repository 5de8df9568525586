package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.TypedParameters;

/** The totals of a guest, in nanoseconds. Not thread-safe. */
final class CpuTotal {
    /** {@code cpu_time}, {@code user_time}, {@code system_time}. */
    static final int PARAMETERS = 3;

    long cpu;
    long user;
    long system;

    void set(long cpuNanos, long userNanos, long systemNanos) {
        cpu = cpuNanos;
        user = userNanos;
        system = systemNanos;
    }

    /** Fills in the first ones and returns how many. */
    int fill(TypedParameters params, int nparams) {
        params.setUnsignedLong(0, "cpu_time", cpu);
        if (nparams > 1) {
            params.setUnsignedLong(1, "user_time", user);
        }
        if (nparams > 2) {
            params.setUnsignedLong(2, "system_time", system);
        }
        return Math.min(nparams, PARAMETERS);
    }
}
