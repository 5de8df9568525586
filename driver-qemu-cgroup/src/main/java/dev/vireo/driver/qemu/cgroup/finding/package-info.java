/** Finds guests: which processes are QEMU, what they are called, and which control group is theirs. */
@NullMarked
package dev.vireo.driver.qemu.cgroup.finding;

import org.jspecify.annotations.NullMarked;
