package dev.vireo.driver.qemu.cgroup.reading;

/**
 * What is to be known of a host before the CPU times of its processes can be read.
 *
 * @param hasCpuClocks whether its pids are those of this process's own PID namespace, so that CPU clocks go by them
 * @param countsVhostWorkers whether vhost workers are threads of the process they work for, as since Linux 6.4
 */
public record ProcessAccounting(boolean hasCpuClocks, boolean countsVhostWorkers) {}
