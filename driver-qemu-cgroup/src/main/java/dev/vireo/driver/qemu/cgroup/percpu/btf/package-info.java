/** The types of the running kernel, as it describes them itself: BTF, the BPF type format. */
@NullMarked
package dev.vireo.driver.qemu.cgroup.percpu.btf;

import org.jspecify.annotations.NullMarked;
