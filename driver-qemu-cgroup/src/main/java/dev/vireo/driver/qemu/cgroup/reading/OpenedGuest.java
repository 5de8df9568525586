package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.driver.qemu.cgroup.percpu.SourceChoice;

/**
 * What the counters of a guest have in common, wherever its time is read from.
 *
 * @param process its process
 * @param threads tells which threads are its vCPUs
 * @param budget says which files may stay open
 * @param generation counts when counting starts again
 * @param choice which source its times per CPU are taken from on cgroup v2
 */
record OpenedGuest(
        GuestProcess process,
        VcpuThreadIds threads,
        OpenFileBudget budget,
        Generation generation,
        SourceChoice choice) {}
