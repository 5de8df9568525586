package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.percpu.CountingHost;
import dev.vireo.driver.qemu.cgroup.reading.ProcessAccounting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a host shows itself, and what is to be known before its guests are looked for.
 *
 * @param procfs stands for {@code /proc}
 * @param root stands for {@code /}
 * @param mounts where its control groups are mounted
 * @param accounting what its processes tell
 */
public record HostView(Path procfs, Path root, CgroupMounts mounts, ProcessAccounting accounting) {
    private static final Path OUR_PROCFS = Path.of("/proc");
    /** The kernel gives its first namespaces numbers of their own. */
    private static final String INITIAL_CGROUP_NAMESPACE = "cgroup:[4026531835]";

    private static final String INITIAL_PID_NAMESPACE = "pid:[4026531836]";

    /**
     * Looks at a host.
     *
     * @param procfs stands for {@code /proc}
     * @param sysfs stands for {@code /sys}
     * @return what was seen
     * @throws IOException if the mounts cannot be read
     */
    public static HostView of(Path procfs, Path sysfs) throws IOException {
        return new HostView(
                procfs,
                procfs.equals(OUR_PROCFS) ? Path.of("/") : procfs.resolve("1/root"),
                CgroupMounts.read(mountinfo(procfs), sysfs),
                new ProcessAccounting(isOurPidNamespace(procfs), hasVhostThreads(procfs)));
    }

    /**
     * Returns the file that tells the mounts. In another procfs those that matter are its first process's, not ours.
     *
     * @param procfs stands for {@code /proc}
     * @return the file
     */
    public static Path mountinfo(Path procfs) {
        return procfs.resolve(procfs.equals(OUR_PROCFS) ? "self/mountinfo" : "1/mountinfo");
    }

    /**
     * Returns what is to be known of the host before its control groups are counted.
     *
     * @param sysfs stands for {@code /sys}
     * @param bpffs stands for {@code /sys/fs/bpf}
     * @param cpus how much room all possible CPUs need
     * @return the host as programs in the kernel see it
     */
    public CountingHost countingHost(Path sysfs, Path bpffs, int cpus) {
        Path groups = mounts.v2().map(CgroupMounts.Mount::directory).orElse(sysfs.resolve("fs/cgroup"));
        String root = mounts.v2().map(CgroupMounts.Mount::root).orElse("/");
        boolean seesAllGroups = isNamespace(OUR_PROCFS.resolve("self/ns/cgroup"), INITIAL_CGROUP_NAMESPACE);
        int depth = root.equals("/") ? 0 : Path.of(root).getNameCount();
        // without permission to look at its first process, a procfs of our own pids is like ourselves
        boolean hasKernelsPids = isNamespace(procfs.resolve("1/ns/pid"), INITIAL_PID_NAMESPACE)
                || (accounting.hasOurPids() && isNamespace(OUR_PROCFS.resolve("self/ns/pid"), INITIAL_PID_NAMESPACE));
        return new CountingHost(sysfs, procfs, bpffs, groups, seesAllGroups ? depth : -1, cpus, hasKernelsPids);
    }

    private static boolean isNamespace(Path link, String namespace) {
        try {
            return Files.readSymbolicLink(link).toString().equals(namespace);
        } catch (IOException | UnsupportedOperationException notVisible) {
            return false;
        }
    }

    /** A process has one pid in each PID namespace from that of the procfs down to its own. */
    private static boolean isOurPidNamespace(Path procfs) {
        try {
            return TextLines.read(procfs.resolve("self/status")).stream()
                    .anyMatch(line -> line.startsWith("NSpid:")
                            && line.substring("NSpid:".length()).strip().equals(ownPid()));
        } catch (IOException notVisible) {
            return false;
        }
    }

    private static String ownPid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    /** vhost workers are threads of the process they work for since Linux 6.4; before, they are kernel threads. */
    private static boolean hasVhostThreads(Path procfs) {
        try {
            List<String> release = List.of(TextLines.read(procfs.resolve("sys/kernel/osrelease"))
                    .get(0)
                    .split("[^0-9]+", -1));
            int major = Integer.parseInt(release.get(0));
            return major > 6 || (major == 6 && Integer.parseInt(release.get(1)) >= 4);
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException unknown) {
            return false;
        }
    }
}
