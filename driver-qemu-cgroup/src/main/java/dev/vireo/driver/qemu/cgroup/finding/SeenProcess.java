package dev.vireo.driver.qemu.cgroup.finding;

import org.jspecify.annotations.Nullable;

/**
 * What a process was taken for.
 *
 * @param pid its number
 * @param inode its directory's inode, which no later process of the same number has
 * @param kind what it is
 * @param parent its parent, for a helper
 * @param guest the guest, for a guest
 */
record SeenProcess(
        int pid,
        long inode,
        Kind kind,
        int parent,
        @Nullable FoundGuest guest) {
    enum Kind {
        /** A thread of the kernel, which never runs a program. */
        KERNEL_THREAD,
        /** A process that runs something else, until it runs QEMU. */
        OTHER,
        /** A child of QEMU's with its command line, until its parent ends: then it is the guest, gone into the background. */
        HELPER,
        /** A guest, until it ends. */
        GUEST
    }
}
