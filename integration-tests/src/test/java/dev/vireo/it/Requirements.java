package dev.vireo.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What tests of a real guest need of the machine. One that lacks it is aborted, and {@code ./verify} lists the reason. */
public final class Requirements {
    private Requirements() {}

    static void realGuest() {
        requireProgram("qemu-system-x86_64", "qemu-system-x86");
        requireProgram("cc", "gcc and libc6-dev");
        requireProgram("taskset", "util-linux");
        root("real guests in control groups");
    }

    /** What it takes to run a libvirtd of a test's own beside whatever runs here. */
    static void libvirtDaemon() {
        realGuest();
        requireProgram("libvirtd", "libvirt-daemon");
        requireProgram("virsh", "libvirt-clients");
        requireProgram("unshare", "util-linux");
    }

    /** What it takes to reach a libvirtd over the network, besides. */
    static void remoteLibvirt() {
        libvirtDaemon();
        requireProgram("certtool", "gnutls-bin");
        requireProgram("saslpasswd2", "sasl2-bin and libsasl2-modules");
    }

    static void cgroup(CgroupVersion version) {
        assumeTrue(
                version.mountPoint().isPresent(),
                () -> "NOT TESTED: no " + version.describe() + " hierarchy is mounted (see /proc/self/mountinfo)");
    }

    /** What it takes to limit a guest in version 1. */
    static void cpuController() {
        assumeTrue(
                cpuMount().isPresent(),
                () ->
                        "NOT TESTED: no cgroup v1 hierarchy of the cpu controller is mounted; try 'mkdir /sys/fs/cgroup/cpu;"
                                + " mount -t cgroup -o cpu cpu /sys/fs/cgroup/cpu'");
    }

    /** Returns where version 1 of the cpu controller is mounted. */
    static Optional<Path> cpuMount() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .filter(line -> line.matches(".* - cgroup \\S+ (\\S+,)?cpu(,\\S+)?"))
                    .map(line -> Path.of(line.split(" ", -1)[4]))
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    public static void root(String what) {
        assumeTrue(isRoot(), () -> "NOT TESTED: " + what + " needs root; run ./verify as root");
    }

    static boolean isRoot() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
        } catch (IOException notLinux) {
            return false;
        }
    }

    /** For what a package brings that is not on the PATH. */
    public static void requireFile(Path file, String packages) {
        assumeTrue(
                Files.exists(file),
                () -> "NOT TESTED: there is no " + file + "; on Debian and Ubuntu install " + packages);
    }

    public static void requireProgram(String program, String packages) {
        assumeTrue(
                Programs.find(program).isPresent(),
                () -> "NOT TESTED: no '" + program + "' on the PATH; on Debian and Ubuntu install " + packages);
    }
}
