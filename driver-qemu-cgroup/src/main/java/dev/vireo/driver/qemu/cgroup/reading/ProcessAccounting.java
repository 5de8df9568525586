package dev.vireo.driver.qemu.cgroup.reading;

/**
 * What is to be known of a host before the CPU times of its processes can be read.
 *
 * @param hasOurPids whether its pids are those of this process's own PID namespace, by which CPU clocks and descriptors go
 * @param countsVhostWorkers whether vhost workers are threads of the process they work for, as since Linux 6.4
 */
public record ProcessAccounting(boolean hasOurPids, boolean countsVhostWorkers) {}
