package dev.vireo.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * A process that the library takes for a QEMU guest.
 *
 * @param name the guest's name
 * @param pid its process
 * @param vcpuThreads the thread of each vCPU
 */
record LookAlike(String name, int pid, List<Integer> vcpuThreads) {
    Path procfs() {
        return Path.of("/proc", Integer.toString(pid));
    }

    Path thread(int vcpu) {
        return procfs().resolve("task").resolve(Integer.toString(vcpuThreads.get(vcpu)));
    }
}
