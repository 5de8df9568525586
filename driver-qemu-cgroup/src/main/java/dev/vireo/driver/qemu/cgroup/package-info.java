/**
 * The driver and its session. Two rooms lie below: {@code finding} (process and cgroup layout to guest) and
 * {@code reading} (file text to numbers). This package opens the connection and is the only one that knows where
 * {@code /sys} and {@code /proc} are.
 */
@NullMarked
package dev.vireo.driver.qemu.cgroup;

import org.jspecify.annotations.NullMarked;
