/**
 * The CPU time of control groups on each host CPU, where the kernel has no file for it: on cgroup v2. {@link
 * dev.vireo.driver.qemu.cgroup.percpu.SubtreeTimes} is what the rest of the driver sees; behind it are three ways to know
 * the time, and a choice among them for each guest.
 */
@NullMarked
package dev.vireo.driver.qemu.cgroup.percpu;

import org.jspecify.annotations.NullMarked;
