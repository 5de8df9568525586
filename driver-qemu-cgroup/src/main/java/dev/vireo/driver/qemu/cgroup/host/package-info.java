/** What the host says of itself: its CPUs and their times, its memory, its QEMU. */
@NullMarked
package dev.vireo.driver.qemu.cgroup.host;

import org.jspecify.annotations.NullMarked;
