package dev.vireo.driver.qemu.cgroup;

import dev.vireo.DomainRef;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.HypervisorVersion;
import dev.vireo.NodeCpuMap;
import dev.vireo.NodeInfo;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuPin;
import dev.vireo.VcpuTimes;
import dev.vireo.driver.qemu.cgroup.finding.Guest;
import dev.vireo.driver.qemu.cgroup.finding.GuestFinder;
import dev.vireo.driver.qemu.cgroup.finding.HostView;
import dev.vireo.driver.qemu.cgroup.host.NodeFacts;
import dev.vireo.driver.qemu.cgroup.host.NodeTimes;
import dev.vireo.driver.qemu.cgroup.host.QemuVersion;
import dev.vireo.driver.qemu.cgroup.percpu.CountingHost;
import dev.vireo.driver.qemu.cgroup.percpu.PerCpuCounting;
import dev.vireo.driver.qemu.cgroup.percpu.PerCpuOption;
import dev.vireo.driver.qemu.cgroup.percpu.PinnedAccounting;
import dev.vireo.driver.qemu.cgroup.reading.BulkRow;
import dev.vireo.driver.qemu.cgroup.reading.CpuIds;
import dev.vireo.driver.qemu.cgroup.reading.OpenFileBudget;
import dev.vireo.driver.qemu.cgroup.reading.Workspace;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A connection to the guests of one host: finds them in {@code /proc}, reads their control groups. */
final class QemuCgroupSession implements DriverSession {
    private static final long CPU_IDS_LAST_NANOS = 1_000_000_000L;

    private final LongSupplier nanoClock;
    private final Path procfs;
    private final Path sysfs;
    private final GuestFinder finder;
    private final Scheduling scheduling;
    private final PerCpuCounting counting;
    private final Accounting accounting;
    private final NodeTimes nodeTimes;
    private final NodeFacts nodeFacts;
    private final QemuVersion qemuVersion;
    // a caller's thread reads one guest at a time
    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);
    // a bulk read calls its visitor in the middle, who may read in turn
    private final AtomicReference<@Nullable BulkRow> spareRow = new AtomicReference<>();
    // CPUs are plugged rarely; a question for their number looks again
    private volatile CpuIds cpuIds;
    private volatile long cpuIdsRead;

    private QemuCgroupSession(
            HostView host,
            Path sysfs,
            GuestFinder finder,
            OpenFileBudget budget,
            PerCpuCounting counting,
            Accounting accounting,
            CpuIds cpuIds,
            LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.cpuIdsRead = nanoClock.getAsLong();
        this.procfs = host.procfs();
        this.sysfs = sysfs;
        this.finder = finder;
        this.scheduling = new Scheduling(finder, budget, this::followed);
        this.counting = counting;
        this.accounting = accounting;
        this.nodeTimes = new NodeTimes(procfs);
        this.nodeFacts = new NodeFacts(procfs, sysfs);
        this.qemuVersion = new QemuVersion(host.root());
        this.cpuIds = cpuIds;
    }

    static QemuCgroupSession open(HostView host, Path sysfs, Path bpffs, PerCpuOption perCpu, LongSupplier nanoClock)
            throws IOException {
        CpuIds cpuIds = CpuIds.read(sysfs);
        OpenFileBudget budget = OpenFileBudget.ofThisProcess();
        CountingHost countingHost = host.countingHost(sysfs, bpffs, cpuIds.room());
        PerCpuCounting counting = new PerCpuCounting(
                countingHost, perCpu, () -> CpuIds.read(sysfs).online(), budget, nanoClock);
        Accounting accounting = new Accounting(new PinnedAccounting(countingHost));
        GuestFinder finder = new GuestFinder(host, budget, counting, nanoClock);
        return new QemuCgroupSession(host, sysfs, finder, budget, counting, accounting, cpuIds, nanoClock);
    }

    @Override
    public DriverTable table() {
        return DriverTable.builder()
                .with(Slot.CONNECT_GET_HOSTNAME, this::hostname)
                .with(Slot.CONNECT_GET_VERSION, this::version)
                .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, this::allDomainStats)
                .with(Slot.CONNECT_START_CPU_ACCOUNTING, this::startAccounting)
                .with(Slot.CONNECT_STOP_CPU_ACCOUNTING, accounting::stop)
                .with(Slot.CONNECT_GET_CPU_ACCOUNTING, accounting::get)
                .with(Slot.NODE_GET_INFO, this::nodeInfo)
                .with(Slot.NODE_GET_CPU_MAP, this::cpuMap)
                .with(Slot.NODE_GET_CPU_STATS, this::nodeCpuStats)
                .with(Slot.DOMAIN_GET_CPU_STATS, this::cpuStats)
                .with(Slot.DOMAIN_GET_VCPUS, this::vcpus)
                .with(Slot.DOMAIN_GET_SCHEDULER_PARAMETERS, scheduling::parameters)
                .with(Slot.DOMAIN_GET_VCPU_PIN_INFO, this::pins)
                .build();
    }

    @Override
    public List<Guest> listDomains() {
        try {
            return finder.find();
        } catch (IOException unreadable) {
            throw systemError("cannot list the processes of this host", unreadable);
        }
    }

    @Override
    public List<Guest> findByName(String name) {
        return matching(guest -> guest.name().equals(name));
    }

    @Override
    public @Nullable DomainRef findById(int id) {
        return only(matching(guest -> guest.id() == id), "id " + id);
    }

    @Override
    public @Nullable DomainRef findByUuid(UUID uuid) {
        return only(matching(guest -> guest.uuid().equals(uuid)), "uuid " + uuid);
    }

    @Override
    public boolean isAlive() {
        return Files.isReadable(procfs);
    }

    @Override
    public void close() {
        try {
            finder.close();
        } finally {
            counting.close();
        }
    }

    /** Guests that run already are watched at once. */
    private void startAccounting() {
        accounting.start();
        for (Guest guest : listDomains()) {
            guest.counters().watch(workspaces.get().at(nanoClock.getAsLong()));
        }
    }

    private int cpuStats(
            DomainRef domain, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        boolean asksForIds = params == null && startCpu >= 0 && ncpus == 0;
        if (asksForIds || startCpu >= cpuIds.size()) {
            refreshCpuIds();
        }
        return ((Guest) domain).counters().read(followed(domain), cpuIds, params, nparams, startCpu, ncpus);
    }

    private void vcpus(DomainRef domain, VcpuTimes into) {
        ((Guest) domain).counters().readVcpus(followed(domain), into);
    }

    private List<VcpuPin> pins(DomainRef domain, int flags) {
        Scheduling.requireLive(flags);
        refreshCpuIds();
        return ((Guest) domain).counters().scheduling().readPins(followed(domain), cpuIds);
    }

    private void allDomainStats(
            @Nullable List<? extends DomainRef> domains, Set<StatsGroup> groups, DomainStatsVisitor out, int flags) {
        long now = nanoClock.getAsLong();
        if (now - cpuIdsRead > CPU_IDS_LAST_NANOS) {
            refreshCpuIds();
        }
        CpuIds ids = cpuIds;
        List<? extends DomainRef> asked = domains == null ? guestsToRead() : domains;
        BulkRow spare = spareRow.getAndSet(null);
        BulkRow row = spare == null ? new BulkRow() : spare;
        row.at(now);
        for (int i = 0; i < asked.size(); i++) {
            Guest guest = (Guest) asked.get(i);
            if (domains != null) {
                finder.follow(guest, now);
            }
            if (guest.counters().readAll(row, ids, groups)) {
                row.tell(guest, groups, ids, out);
            }
        }
        spareRow.set(row);
    }

    /** Looks where a guest is, as nobody else does for whoever holds on to it, and returns what to read it with. */
    private Workspace followed(DomainRef domain) {
        long now = nanoClock.getAsLong();
        finder.follow((Guest) domain, now);
        return workspaces.get().at(now);
    }

    private List<Guest> guestsToRead() {
        try {
            return finder.findToRead();
        } catch (IOException unreadable) {
            throw systemError("cannot list the processes of this host", unreadable);
        }
    }

    private HypervisorVersion version() {
        try {
            return qemuVersion
                    .find()
                    .orElseThrow(() -> HypervisorException.of(
                            ErrorCode.OPERATION_UNSUPPORTED,
                            QemuCgroupDriver.NAME,
                            "no QEMU that tells its version is installed; looked for " + qemuVersion.places()));
        } catch (IOException unreadable) {
            throw systemError("cannot read the version of QEMU from its program", unreadable);
        }
    }

    private NodeInfo nodeInfo() {
        refreshCpuIds();
        return nodeFacts.read(cpuIds);
    }

    private int nodeCpuStats(int cpu, @Nullable TypedParameters params, int nparams, int flags) {
        if (params == null) {
            return NodeTimes.PARAMETERS;
        }
        try {
            int filled = nodeTimes.fill(cpu, params, nparams);
            if (filled > 0) {
                return filled;
            }
        } catch (IOException unreadable) {
            throw systemError("cannot read the host's CPU times", unreadable);
        }
        refreshCpuIds();
        throw HypervisorException.of(
                ErrorCode.INVALID_ARG,
                QemuCgroupDriver.NAME,
                "the kernel shows no times of cpu " + cpu + "; online are " + cpuIds.online()
                        + ", and -1 is the sum of all");
    }

    private NodeCpuMap cpuMap() {
        refreshCpuIds();
        return NodeCpuMap.of(cpuIds.present(), cpuIds.online());
    }

    private String hostname() {
        Path file = procfs.resolve("sys/kernel/hostname");
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw systemError("cannot read the host's name", unreadable);
        }
    }

    private void refreshCpuIds() {
        try {
            cpuIds = CpuIds.read(sysfs);
            cpuIdsRead = nanoClock.getAsLong();
        } catch (IOException unreadable) {
            throw systemError("cannot read which CPUs the host has", unreadable);
        }
    }

    private List<Guest> matching(Predicate<Guest> condition) {
        return listDomains().stream().filter(condition).toList();
    }

    private static @Nullable DomainRef only(List<Guest> guests, String asked) {
        if (guests.size() > 1) {
            throw HypervisorException.of(
                    ErrorCode.MULTIPLE_DOMAINS,
                    QemuCgroupDriver.NAME,
                    "the " + asked + " fits " + guests.size() + ": " + guests);
        }
        return guests.isEmpty() ? null : guests.get(0);
    }

    private static HypervisorException systemError(String what, IOException cause) {
        return HypervisorException.of(ErrorCode.SYSTEM_ERROR, QemuCgroupDriver.NAME, what + ": " + cause, cause);
    }
}
