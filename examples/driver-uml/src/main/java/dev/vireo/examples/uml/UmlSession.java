package dev.vireo.examples.uml;

import dev.vireo.DomainInfo;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Reading;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A connection: the look-ups that every driver has, and the table of what this one can do. It holds no file open, so that
 * there is nothing to close.
 */
final class UmlSession implements DriverSession {
    /** User-mode Linux of today has one vCPU. */
    private static final Reading VCPUS = Reading.of(1);

    private final UmlDirectory directory;
    private final Path proc;
    private final CpuStatistics cpuStatistics;

    UmlSession(Path directory, Path proc) {
        this.directory = new UmlDirectory(directory, proc);
        this.proc = proc;
        cpuStatistics = new CpuStatistics(proc);
    }

    @Override
    public DriverTable table() {
        return DriverTable.builder()
                .with(Slot.DOMAIN_GET_INFO, this::info)
                .with(Slot.DOMAIN_GET_CPU_STATS, cpuStatistics)
                .build();
    }

    @Override
    public List<UmlDomain> listDomains() {
        return find(domain -> true);
    }

    @Override
    public List<UmlDomain> findByName(String name) {
        return find(domain -> domain.name().equals(name));
    }

    @Override
    public @Nullable UmlDomain findById(int id) {
        return findOne(domain -> domain.id() == id);
    }

    @Override
    public @Nullable UmlDomain findByUuid(UUID uuid) {
        return findOne(domain -> domain.uuid().equals(uuid));
    }

    @Override
    public boolean isAlive() {
        return directory.exists();
    }

    @Override
    public void close() {}

    /** Pid and uuid are one run's alone, so that there is no second. */
    private @Nullable UmlDomain findOne(Predicate<UmlDomain> wanted) {
        return find(wanted).stream().findFirst().orElse(null);
    }

    private List<UmlDomain> find(Predicate<UmlDomain> wanted) {
        try {
            return directory.running().stream().filter(wanted).toList();
        } catch (IOException failed) {
            throw unreadable("the guests", failed);
        }
    }

    private DomainInfo info(DomainRef ref) {
        UmlDomain domain = (UmlDomain) ref;
        try {
            ProcessStat first = ProcessTree.requireRunning(proc, domain);
            CpuTimes times = domain.advanceTo(ProcessTree.read(proc, domain).times());
            DomainState state = first.isStopped() ? DomainState.PAUSED : DomainState.RUNNING;
            return new DomainInfo(state, domain.memoryKib(), domain.memoryKib(), VCPUS, Reading.of(times.cpuNanos()));
        } catch (IOException failed) {
            throw unreadable("domain " + domain, failed);
        }
    }

    static HypervisorException unreadable(String what, IOException failed) {
        ErrorCode code = failed instanceof AccessDeniedException ? ErrorCode.ACCESS_DENIED : ErrorCode.SYSTEM_ERROR;
        return HypervisorException.of(
                code, UmlDriver.NAME, "cannot read " + what + ": " + failed + "; run as root or as their user", failed);
    }
}
