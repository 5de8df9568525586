/**
 * The programs that count inside the kernel, as instructions for its BPF machine. They are written here, assembled here, and
 * offered to the kernel under "Dual MIT/GPL": see the project's NOTICE.
 */
@NullMarked
package dev.vireo.driver.qemu.cgroup.percpu.bpf;

import org.jspecify.annotations.NullMarked;
