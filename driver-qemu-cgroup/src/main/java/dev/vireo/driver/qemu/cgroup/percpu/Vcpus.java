package dev.vireo.driver.qemu.cgroup.percpu;

import java.nio.file.Path;
import java.util.Set;

/**
 * What is known of a guest's vCPUs: their control groups where they have some, and their threads.
 *
 * @param groups the directories of their groups, below the guest's
 * @param threads the numbers of their threads
 */
public record Vcpus(Set<Path> groups, Set<Integer> threads) {
    /** Keeps copies. */
    public Vcpus {
        groups = Set.copyOf(groups);
        threads = Set.copyOf(threads);
    }
}
