package dev.vireo.driver.qemu.cgroup;

import dev.vireo.ConnectionUri;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.driver.qemu.cgroup.finding.CgroupMounts;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.UriOption;
import dev.vireo.spi.UriOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The driver of {@code qemu+cgroup:///system}. Options: {@code sysfs} and {@code procfs}, the directories that stand for
 * {@code /sys} and {@code /proc}, for containers that see the host under another mount.
 */
public final class QemuCgroupDriver implements HypervisorDriver {
    static final String NAME = "QEMU-cgroup";
    static final String SCHEME = "qemu+cgroup";

    private static final UriOption<Path> SYSFS = UriOption.path("sysfs");
    private static final UriOption<Path> PROCFS = UriOption.path("procfs");
    private static final Path OUR_PROCFS = Path.of("/proc");

    /** Called by {@link java.util.ServiceLoader}. */
    public QemuCgroupDriver() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> uriSchemes() {
        return Set.of(SCHEME);
    }

    @Override
    public int level() {
        return LEVEL;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.CONNECT_GET_HOSTNAME, Operation.NODE_GET_CPU_MAP, Operation.DOMAIN_GET_CPU_STATS);
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public Optional<ConnectionUri> probe() {
        ConnectionUri uri = ConnectionUri.parse(SCHEME + ":///system");
        try {
            return mounts(HostDirectories.of(uri)).isEmpty() ? Optional.empty() : Optional.of(uri);
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        uri.requireLocal("/system");
        HostDirectories host = HostDirectories.of(uri);
        try {
            CgroupMounts mounts = mounts(host);
            if (mounts.isEmpty()) {
                return OpenResult.declined(
                        "no control groups that count CPU time are mounted (no cgroup v1 'cpuacct' and"
                                + " no cgroup2 in " + host.mountinfo() + "); mount one, for instance with"
                                + " 'mount -t cgroup2 none /sys/fs/cgroup', or name another /sys with ?sysfs=DIR");
            }
            return OpenResult.opened(QemuCgroupSession.open(host.procfs(), host.sysfs(), mounts));
        } catch (IOException unreadable) {
            if (!Files.isDirectory(host.procfs())) {
                return OpenResult.declined(
                        "there is no " + host.procfs() + ": this is not Linux, or procfs is not mounted");
            }
            throw HypervisorException.of(
                    ErrorCode.SYSTEM_ERROR,
                    NAME,
                    "cannot open '" + uri + "': " + unreadable + "; check that it is there and readable, or name other"
                            + " directories with ?procfs=DIR&sysfs=DIR",
                    unreadable);
        }
    }

    private static CgroupMounts mounts(HostDirectories host) throws IOException {
        return CgroupMounts.read(host.mountinfo(), host.sysfs());
    }

    /**
     * Where the kernel shows itself.
     *
     * @param procfs stands for {@code /proc}
     * @param sysfs stands for {@code /sys}
     */
    private record HostDirectories(Path procfs, Path sysfs) {
        static HostDirectories of(ConnectionUri uri) {
            UriOptions options = UriOptions.read(uri, NAME, List.of(SYSFS, PROCFS));
            return new HostDirectories(
                    options.find(PROCFS).orElse(OUR_PROCFS), options.find(SYSFS).orElse(Path.of("/sys")));
        }

        /** In another procfs the mounts that matter are those of its first process, not ours. */
        Path mountinfo() {
            return procfs.resolve(procfs.equals(OUR_PROCFS) ? "self/mountinfo" : "1/mountinfo");
        }
    }
}
