package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Times per CPU on cgroup v2 are proven on a real kernel or not at all: a run that could prove nothing is a failure. */
class PerCpuProofIT {
    @Test
    void thisMachineCanProveThem() {
        assertTrue(Requirements.isRoot(), "programs are loaded into the kernel by root");
        assertTrue(CgroupVersion.V2.mountPoint().isPresent(), "no cgroup v2 hierarchy is mounted");
        assertTrue(Files.isReadable(Path.of("/sys/kernel/btf/vmlinux")), "the kernel does not describe its types");
    }
}
