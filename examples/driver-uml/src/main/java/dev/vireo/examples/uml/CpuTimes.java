package dev.vireo.examples.uml;

/**
 * What a guest's processes have used, in nanoseconds.
 *
 * @param cpuNanos the CPU time
 * @param userNanos of it, the part in user mode, in steps of 10 ms
 * @param systemNanos of it, the part in the kernel, in steps of 10 ms
 */
record CpuTimes(long cpuNanos, long userNanos, long systemNanos) {
    static final CpuTimes NONE = new CpuTimes(0, 0, 0);

    CpuTimes max(CpuTimes other) {
        return new CpuTimes(
                Math.max(cpuNanos, other.cpuNanos),
                Math.max(userNanos, other.userNanos),
                Math.max(systemNanos, other.systemNanos));
    }
}
