package dev.vireo.driver.qemu.cgroup.percpu.bpf;

import dev.vireo.driver.qemu.cgroup.percpu.btf.Btf;
import dev.vireo.driver.qemu.cgroup.percpu.btf.BtfException;

/**
 * Where the fields lie that lead from a control group to the run time of its scheduler group, in bytes.
 *
 * @param elements in {@code bpf_array}: what a map of control groups holds, or where a map for each CPU has its values
 * @param controller in {@code cgroup}: the state of its cpu controller, with which {@code task_group} begins
 * @param serial in {@code task_group}: the number that no other such state has or had
 * @param layout how the entities are found that the queues of CPUs see in the group's place
 * @param entities in {@code task_group}: where it leads to them
 * @param runTime from there: the time that the entity ran
 */
public record GroupFields(int elements, int controller, int serial, Layout layout, int entities, int runTime) {
    /** How a scheduler group leads to its entities. */
    public enum Layout {
        /** An array of addresses: {@code task_group.se}, up to Linux 7.0 or thereabouts. */
        ARRAY,
        /** Memory of each CPU, with queue and entity in one structure: {@code task_group.cfs_rq}. */
        PER_CPU
    }

    /**
     * Looks the fields up.
     *
     * @param btf the kernel's types
     * @return where they lie
     * @throws BtfException if this kernel lacks one
     */
    public static GroupFields of(Btf btf) throws BtfException {
        int state = btf.offset("task_group", "css");
        if (state != 0) {
            throw new BtfException("the kernel's struct task_group does not begin with css");
        }
        int controller = btf.offset("cgroup", "subsys") + btf.constant("cgroup_subsys_id", "cpu_cgrp_id") * Long.BYTES;
        int runTime = btf.offset("sched_entity", "sum_exec_runtime");
        boolean isArray = btf.hasField("task_group", "se");
        if (!isArray && !btf.hasField("task_group", "cfs_rq")) {
            throw new BtfException("the kernel's struct task_group has neither se nor cfs_rq; it takes a kernel with"
                    + " CONFIG_FAIR_GROUP_SCHED");
        }
        return new GroupFields(
                btf.offset("bpf_array", "ptrs"),
                controller,
                btf.offset("task_group", "css", "serial_nr"),
                isArray ? Layout.ARRAY : Layout.PER_CPU,
                isArray ? btf.offset("task_group", "se") : btf.offset("task_group", "cfs_rq"),
                isArray ? runTime : btf.offset("cfs_tg_state", "se") - btf.offset("cfs_tg_state", "cfs_rq") + runTime);
    }
}
