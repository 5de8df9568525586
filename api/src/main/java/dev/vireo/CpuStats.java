package dev.vireo;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CPU time that a domain has used, as a whole and on each host CPU. Immutable.
 *
 * @param total the domain as a whole
 * @param hostCpus the domain on each host CPU
 */
public record CpuStats(Total total, HostCpus hostCpus) {
    /**
     * The CPU time of the domain as a whole. {@code user} and {@code system} need not add up to it: on cgroup v1 they are
     * taken from another clock.
     *
     * @param cpuTimeNanos all of it, in nanoseconds
     * @param userTimeNanos the part in user mode, in nanoseconds
     * @param systemTimeNanos the part in kernel mode, in nanoseconds
     * @param origin where the numbers come from, empty if there are none or the driver did not say
     */
    public record Total(
            Reading cpuTimeNanos, Reading userTimeNanos, Reading systemTimeNanos, Optional<CpuStatsOrigin> origin) {}

    /**
     * The CPU time of the domain on each host CPU, or the reason why it cannot be told.
     *
     * @param cpus the CPUs that are there, in ascending order of id; empty if the times are unavailable
     * @param unavailable why there are none, null if there are
     * @param origin where the numbers come from, empty if there are none or the driver did not say
     */
    public record HostCpus(List<HostCpu> cpus, @Nullable String unavailable, Optional<CpuStatsOrigin> origin) {
        /** Keeps a copy of the list. */
        public HostCpus {
            cpus = List.copyOf(cpus);
        }

        /**
         * Tells whether the times could be read.
         *
         * @return whether {@link #cpus()} holds them
         */
        public boolean isAvailable() {
            return unavailable == null;
        }
    }

    /**
     * The CPU time of the domain on one host CPU.
     *
     * @param cpu the CPU's id
     * @param cpuTimeNanos all of it, in nanoseconds
     * @param vcpuTimeNanos the part of the vCPUs, without the emulator, in nanoseconds
     */
    public record HostCpu(int cpu, Reading cpuTimeNanos, Reading vcpuTimeNanos) {}
}
