package dev.vireo.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tests of a real guest need of the machine. One that lacks it is aborted, and {@code ./verify} lists the reason. */
final class Requirements {
    private Requirements() {}

    static void realGuest() {
        requireProgram("qemu-system-x86_64", "qemu-system-x86");
        requireProgram("cc", "gcc and libc6-dev");
        requireProgram("taskset", "util-linux");
        assumeTrue(isRoot(), "NOT TESTED: real guests in control groups need root; run ./verify as root");
    }

    static void cgroup(CgroupVersion version) {
        assumeTrue(
                version.mountPoint().isPresent(),
                () -> "NOT TESTED: no " + version.describe() + " hierarchy is mounted (see /proc/self/mountinfo)");
    }

    static boolean isRoot() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
        } catch (IOException notLinux) {
            return false;
        }
    }

    static void requireProgram(String program, String packages) {
        assumeTrue(
                Programs.find(program).isPresent(),
                () -> "NOT TESTED: no '" + program + "' on the PATH; on Debian and Ubuntu install " + packages);
    }
}
