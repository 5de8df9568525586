package dev.vireo.driver.qemu.cgroup;

import dev.vireo.ConnectionUri;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.driver.qemu.cgroup.finding.CgroupMounts;
import dev.vireo.driver.qemu.cgroup.finding.HostView;
import dev.vireo.driver.qemu.cgroup.percpu.PerCpuOption;
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
import java.util.function.LongSupplier;

/**
 * The driver of {@code qemu+cgroup:///system}. Options: {@code sysfs}, {@code procfs} and {@code bpffs}, the directories that
 * stand for {@code /sys}, {@code /proc} and {@code /sys/fs/bpf}, for containers that see the host under another mount; {@code
 * percpu}, the source of times per CPU on cgroup v2.
 */
public final class QemuCgroupDriver implements HypervisorDriver {
    static final String NAME = "QEMU-cgroup";
    static final String SCHEME = "qemu+cgroup";

    private static final UriOption<Path> SYSFS = UriOption.path("sysfs");
    private static final UriOption<Path> PROCFS = UriOption.path("procfs");
    private static final UriOption<Path> BPFFS = UriOption.path("bpffs");
    private static final UriOption<PerCpuOption> PERCPU = UriOption.oneOf("percpu", PerCpuOption.class);
    private static final Path OUR_PROCFS = Path.of("/proc");
    private static final Path OUR_SYSFS = Path.of("/sys");

    private final LongSupplier nanoClock;

    /** Called by {@link java.util.ServiceLoader}. */
    public QemuCgroupDriver() {
        this(System::nanoTime);
    }

    /** Says when it is time to look again at where guests are. */
    QemuCgroupDriver(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

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
        return Set.of(
                Operation.CONNECT_GET_HOSTNAME,
                Operation.CONNECT_GET_VERSION,
                Operation.CONNECT_GET_ALL_DOMAIN_STATS,
                Operation.CONNECT_START_CPU_ACCOUNTING,
                Operation.CONNECT_STOP_CPU_ACCOUNTING,
                Operation.CONNECT_GET_CPU_ACCOUNTING,
                Operation.NODE_GET_INFO,
                Operation.NODE_GET_CPU_MAP,
                Operation.NODE_GET_CPU_STATS,
                Operation.DOMAIN_GET_CPU_STATS,
                Operation.DOMAIN_GET_VCPUS,
                Operation.DOMAIN_GET_SCHEDULER_PARAMETERS,
                Operation.DOMAIN_GET_VCPU_PIN_INFO);
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public Optional<ConnectionUri> probe() {
        ConnectionUri uri = ConnectionUri.parse(SCHEME + ":///system");
        try {
            CgroupMounts mounts = CgroupMounts.read(HostView.mountinfo(OUR_PROCFS), OUR_SYSFS);
            return mounts.isEmpty() ? Optional.empty() : Optional.of(uri);
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        uri.requireLocal("/system");
        UriOptions given = UriOptions.read(uri, NAME, List.of(SYSFS, PROCFS, BPFFS, PERCPU));
        Path procfs = given.find(PROCFS).orElse(OUR_PROCFS);
        try {
            return open(procfs, given);
        } catch (IOException unreadable) {
            if (!Files.isDirectory(procfs)) {
                return OpenResult.declined("there is no " + procfs + ": this is not Linux, or procfs is not mounted");
            }
            throw HypervisorException.of(
                    ErrorCode.SYSTEM_ERROR,
                    NAME,
                    "cannot open '" + uri + "': " + unreadable + "; check that it is there and readable, or name other"
                            + " directories with ?procfs=DIR&sysfs=DIR",
                    unreadable);
        } catch (LinkageError noNativeCode) {
            return OpenResult.declined(
                    "its native code cannot be loaded (" + noNativeCode.getMessage()
                            + "); where programs may not be run from the temporary directory, name another with -Djna.tmpdir=DIR");
        }
    }

    private OpenResult open(Path procfs, UriOptions given) throws IOException {
        Path sysfs = given.find(SYSFS).orElse(OUR_SYSFS);
        HostView host = HostView.of(procfs, sysfs);
        if (host.mounts().isEmpty()) {
            return OpenResult.declined(
                    "no control groups that count CPU time are mounted (no cgroup v1 'cpuacct' and no cgroup2 in "
                            + HostView.mountinfo(procfs) + "); mount one, for instance with"
                            + " 'mount -t cgroup2 none /sys/fs/cgroup', or name another /sys with ?sysfs=DIR");
        }
        Path bpffs = given.find(BPFFS).orElse(sysfs.resolve("fs/bpf"));
        PerCpuOption perCpu = given.find(PERCPU).orElse(PerCpuOption.AUTO);
        return OpenResult.opened(QemuCgroupSession.open(host, sysfs, bpffs, perCpu, nanoClock));
    }
}
