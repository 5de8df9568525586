package dev.vireo.driver.qemu.cgroup;

import dev.vireo.DomainRef;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.NodeCpuMap;
import dev.vireo.TypedParameters;
import dev.vireo.driver.qemu.cgroup.finding.CgroupMounts;
import dev.vireo.driver.qemu.cgroup.finding.Guest;
import dev.vireo.driver.qemu.cgroup.finding.GuestFinder;
import dev.vireo.driver.qemu.cgroup.reading.CpuIds;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A connection to the guests of one host: finds them in {@code /proc}, reads their control groups. */
final class QemuCgroupSession implements DriverSession {
    private final Path procfs;
    private final Path sysfs;
    private final GuestFinder finder;
    // CPUs are plugged rarely; a question for their number looks again
    private volatile CpuIds cpuIds;

    private QemuCgroupSession(Path procfs, Path sysfs, CgroupMounts mounts, CpuIds cpuIds) {
        this.procfs = procfs;
        this.sysfs = sysfs;
        this.finder = new GuestFinder(procfs, mounts);
        this.cpuIds = cpuIds;
    }

    static QemuCgroupSession open(Path procfs, Path sysfs, CgroupMounts mounts) throws IOException {
        return new QemuCgroupSession(procfs, sysfs, mounts, CpuIds.read(sysfs));
    }

    @Override
    public DriverTable table() {
        return DriverTable.builder()
                .with(Slot.CONNECT_GET_HOSTNAME, this::hostname)
                .with(Slot.NODE_GET_CPU_MAP, this::cpuMap)
                .with(Slot.DOMAIN_GET_CPU_STATS, this::cpuStats)
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
        } catch (IOException unclosed) {
            throw systemError("cannot close the counters", unclosed);
        }
    }

    private int cpuStats(
            DomainRef domain, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        boolean asksForIds = params == null && startCpu >= 0 && ncpus == 0;
        if (asksForIds || startCpu >= cpuIds.size()) {
            refreshCpuIds();
        }
        return ((Guest) domain).counters().read(cpuIds, params, nparams, startCpu, ncpus);
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
