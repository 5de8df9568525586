/** What Linux tells that Java has no words for: a few calls of libc, made through JNA. */
@NullMarked
package dev.vireo.driver.qemu.cgroup.linux;

import org.jspecify.annotations.NullMarked;
