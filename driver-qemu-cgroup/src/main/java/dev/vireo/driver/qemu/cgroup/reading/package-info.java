/** Reads counters: the text of kernel files, kept open and read again in place, to numbers, without garbage. */
@NullMarked
package dev.vireo.driver.qemu.cgroup.reading;

import org.jspecify.annotations.NullMarked;
