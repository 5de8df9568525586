package dev.vireo.driver.qemu.cgroup.percpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The host whose control groups are counted.
 *
 * @param sysfs stands for {@code /sys}
 * @param procfs stands for {@code /proc}
 * @param bpffs stands for {@code /sys/fs/bpf}
 * @param groups where version 2 of control groups is mounted
 * @param depth how many groups lie above what is mounted there, -1 if that is not to be seen from here
 * @param cpus how much room all possible CPUs need
 * @param hasKernelsPids whether its processes are known by the numbers that the kernel itself gives them
 */
public record CountingHost(
        Path sysfs, Path procfs, Path bpffs, Path groups, int depth, int cpus, boolean hasKernelsPids) {
    private static final long ALL_LEVELS = -1;

    /** Returns a bit for the level that a group is at, all of them where that is not to be seen. */
    long levelBit(Path group) {
        int level = depth + groups.relativize(group).getNameCount();
        return depth < 0 || level >= Long.SIZE ? ALL_LEVELS : 1L << level;
    }

    /** Returns a guest's group, with its process only where that has the kernel's number. */
    Subtree subtree(Path group, int process) {
        return new Subtree(group, hasKernelsPids ? process : 0);
    }

    /** Tells whether a process that has the kernel's number is certain to have ended. */
    boolean hasEnded(int process) {
        return hasKernelsPids && Files.notExists(procfs.resolve(Integer.toString(process)));
    }

    /** Tells whether all control groups of the kernel can be seen from here. */
    boolean seesAllGroups() {
        return depth == 0;
    }

    /** Returns the number by which the kernel knows a group: no other has or had it. */
    static long idOf(Path group) throws IOException {
        return (Long) Files.getAttribute(group, "unix:ino");
    }
}
