package dev.vireo.it;

import java.util.SortedMap;

/**
 * What the kernel says of a control group's CPU time, in nanoseconds.
 *
 * @param cpuTime all of it
 * @param userTime the part in user mode
 * @param systemTime the part in kernel mode
 * @param cpus all of it on each host CPU; empty on v2
 * @param vcpus the sum of the vCPUs' groups on each host CPU; empty where there are none, and on v2
 */
record KernelTimes(
        long cpuTime, long userTime, long systemTime, SortedMap<Integer, Long> cpus, SortedMap<Integer, Long> vcpus) {}
