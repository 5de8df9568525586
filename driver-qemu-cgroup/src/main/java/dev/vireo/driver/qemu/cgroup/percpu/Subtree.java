package dev.vireo.driver.qemu.cgroup.percpu;

import java.nio.file.Path;

/**
 * A control group of version 2 with all that is below it, which is a guest's.
 *
 * @param group its directory
 * @param process the guest's process, by its number in the kernel; 0 where only its number in another PID namespace is known
 */
record Subtree(Path group, int process) {}
