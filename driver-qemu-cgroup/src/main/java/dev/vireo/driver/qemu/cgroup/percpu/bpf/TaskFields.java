package dev.vireo.driver.qemu.cgroup.percpu.bpf;

import dev.vireo.driver.qemu.cgroup.percpu.btf.Btf;
import dev.vireo.driver.qemu.cgroup.percpu.btf.BtfException;

/**
 * Where the fields lie that lead from a thread to its control group, in bytes.
 *
 * @param controlGroups in {@code task_struct}: the thread's control groups
 * @param cpu in {@code task_struct}: the CPU that the thread is on
 * @param pid in {@code task_struct}: the thread's number
 * @param tgid in {@code task_struct}: its process's
 * @param signal in {@code task_struct}: what the threads of a process share
 * @param live in {@code signal_struct}: how many of its threads have not ended
 * @param unified in {@code css_set}: the v2 control group
 * @param level in {@code cgroup}: how many groups are above it
 * @param node in {@code cgroup}: its directory
 * @param id in {@code kernfs_node}: the directory's inode
 * @param parent in {@code cgroup}: the state of the group above
 * @param owner in {@code cgroup_subsys_state}: the group that it is the state of
 */
public record TaskFields(
        int controlGroups,
        int cpu,
        int pid,
        int tgid,
        int signal,
        int live,
        int unified,
        int level,
        int node,
        int id,
        int parent,
        int owner) {
    /**
     * Looks the fields up.
     *
     * @param btf the kernel's types
     * @return where they lie
     * @throws BtfException if this kernel lacks one
     */
    public static TaskFields of(Btf btf) throws BtfException {
        return new TaskFields(
                btf.offset("task_struct", "cgroups"),
                cpu(btf),
                btf.offset("task_struct", "pid"),
                btf.offset("task_struct", "tgid"),
                btf.offset("task_struct", "signal"),
                btf.offset("signal_struct", "live", "counter"),
                btf.offset("css_set", "dfl_cgrp"),
                btf.offset("cgroup", "level"),
                btf.offset("cgroup", "kn"),
                btf.offset("kernfs_node", "id"),
                btf.offset("cgroup", "self", "parent"),
                btf.offset("cgroup_subsys_state", "cgroup"));
    }

    /** Since Linux 5.16 it is in the part that belongs to the processor's own code. */
    private static int cpu(Btf btf) throws BtfException {
        return btf.hasField("thread_info", "cpu")
                ? btf.offset("task_struct", "thread_info", "cpu")
                : btf.offset("task_struct", "cpu");
    }
}
