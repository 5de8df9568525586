package dev.vireo.driver.libvirt;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.driver.libvirt.binding.DomainLookups;
import dev.vireo.driver.libvirt.binding.LibvirtLibrary;
import dev.vireo.driver.libvirt.binding.NativeConnection;
import dev.vireo.driver.libvirt.binding.NativeDomain;
import dev.vireo.driver.libvirt.binding.NodeCalls;
import dev.vireo.driver.libvirt.binding.StatsCalls;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection to libvirt: looks domains up, and joins the parts that do the operations. */
final class LibvirtSession implements DriverSession {
    private final NativeConnection connection;
    private final SideConnections sides;
    private final Calls calls;
    private final Set<Operation> operations;
    private final KnownDomains known = new KnownDomains();
    private final Lifecycle lifecycle = new Lifecycle(known);
    private final Optional<EventConnection> events;
    private final Optional<Ticks> heartbeat;
    private final DomainLookups lookups;
    private final CpuStatistics cpuStatistics;
    private final VcpuStatistics vcpuStatistics;
    private final BulkStatistics bulkStatistics;
    private final NodeStatistics nodeStatistics;
    private final DomainCalls domainCalls;
    private final Scheduling scheduling;

    private LibvirtSession(
            LibvirtLibrary library,
            LibvirtUri uri,
            ConnectionOpener opener,
            NativeConnection connection,
            SideConnections sides,
            ConnectionLine line,
            Calls calls) {
        this.connection = connection;
        this.sides = sides;
        this.calls = calls;
        lookups = new DomainLookups(connection);
        Runs runs = new Runs(lookups, calls);
        MonitorStats monitorStats = new MonitorStats(library.has(StatsCalls.NEEDED), sides, calls);
        RoundTrip roundTrip = new RoundTrip(uri.mayBeFar(), connection, calls);
        cpuStatistics = new CpuStatistics(runs, calls);
        vcpuStatistics = new VcpuStatistics(runs, calls, monitorStats);
        bulkStatistics = new BulkStatistics(
                this::listDomains, known, runs, cpuStatistics, vcpuStatistics, monitorStats, roundTrip);
        nodeStatistics = new NodeStatistics(connection, calls);
        domainCalls = new DomainCalls(runs, calls, sides);
        scheduling = new Scheduling(runs, domainCalls, new NodeCalls(connection));
        events = listen(opener, line);
        heartbeat = startHeartbeat(uri, line);
        operations = LibvirtOperations.of(library::has, events.isPresent());
    }

    /** Opens a connection; after an error nothing is left of it. */
    static LibvirtSession open(LibvirtLibrary library, LibvirtUri uri, OpenOptions options) {
        ConnectionOpener opener = new ConnectionOpener(uri, options);
        NativeConnection connection = opener.openFirst();
        SideConnections sides = new SideConnections(connection, opener);
        ConnectionLine line = new ConnectionLine(connection, sides);
        Calls calls = new Calls(uri.timeout(), line);
        try {
            return new LibvirtSession(library, uri, opener, connection, sides, line, calls);
        } catch (RuntimeException | Error failed) {
            calls.close(() -> {
                sides.close();
                connection.close();
            });
            throw failed;
        }
    }

    /** Listens to events, which some of libvirt's drivers do not have. */
    private Optional<EventConnection> listen(ConnectionOpener opener, ConnectionLine line) {
        try {
            EventConnection opened = calls.run(
                    "the registration of events",
                    () -> EventConnection.open(connection, opener, lifecycle),
                    EventConnection::close);
            line.setWatched(opened.connection());
            return Optional.of(opened);
        } catch (HypervisorException noEvents) {
            if (noEvents.code() == ErrorCode.OPERATION_TIMEOUT || !line.isAlive()) {
                throw noEvents;
            }
            return Optional.empty();
        }
    }

    private Optional<Ticks> startHeartbeat(LibvirtUri uri, Line line) {
        if (uri.keepAliveSeconds() == 0) {
            return Optional.empty();
        }
        Heartbeat beat = new Heartbeat(line, calls::runBeside, connection::libraryVersion, uri.keepAliveCount());
        return Optional.of(new Ticks(Duration.ofSeconds(uri.keepAliveSeconds()), beat::tick));
    }

    @Override
    public DriverTable table() {
        DriverTable.Builder table = DriverTable.builder();
        with(table, Slot.CONNECT_GET_HOSTNAME, () -> calls.run("getHostname", connection::hostname));
        with(table, Slot.CONNECT_GET_VERSION, () -> calls.run("getVersion", connection::version));
        with(table, Slot.CONNECT_GET_ALL_DOMAIN_STATS, bulkStatistics::read);
        with(table, Slot.CONNECT_DOMAIN_EVENT_REGISTER, lifecycle::register);
        with(table, Slot.NODE_GET_INFO, nodeStatistics::info);
        with(table, Slot.NODE_GET_CPU_MAP, nodeStatistics::cpuMap);
        with(table, Slot.NODE_GET_CPU_STATS, nodeStatistics::cpuStats);
        with(table, Slot.DOMAIN_GET_INFO, domainCalls::info);
        with(table, Slot.DOMAIN_GET_CPU_STATS, cpuStatistics::read);
        with(table, Slot.DOMAIN_GET_VCPUS, vcpuStatistics::read);
        with(table, Slot.DOMAIN_SUSPEND, domainCalls::suspend);
        with(table, Slot.DOMAIN_RESUME, domainCalls::resume);
        with(table, Slot.DOMAIN_DESTROY, domainCalls::destroy);
        with(table, Slot.DOMAIN_GET_SCHEDULER_PARAMETERS, scheduling::parameters);
        with(table, Slot.DOMAIN_GET_VCPU_PIN_INFO, scheduling::pins);
        return table.build();
    }

    private <F> void with(DriverTable.Builder table, Slot<F> slot, F function) {
        if (operations.contains(slot.operation())) {
            table.with(slot, function);
        }
    }

    @Override
    public List<LibvirtDomain> listDomains() {
        List<NativeDomain> found =
                calls.run("listDomains", lookups::listActive, late -> late.forEach(NativeDomain::close));
        return found.stream().map(known::adopt).toList();
    }

    @Override
    public List<LibvirtDomain> findByName(String name) {
        return find("findByName", () -> lookups.byName(name)).stream().toList();
    }

    @Override
    public @Nullable LibvirtDomain findById(int id) {
        return find("findById", () -> lookups.byId(id)).orElse(null);
    }

    @Override
    public @Nullable LibvirtDomain findByUuid(UUID uuid) {
        return find("findByUuid", () -> lookups.byUuid(uuid)).orElse(null);
    }

    @Override
    public boolean isAlive() {
        return calls.isAlive();
    }

    @Override
    public void close() {
        heartbeat.ifPresent(Ticks::close);
        calls.close(() -> {
            events.ifPresent(EventConnection::close);
            known.close();
            sides.close();
            connection.close();
        });
    }

    private Optional<LibvirtDomain> find(String what, Supplier<@Nullable NativeDomain> lookup) {
        return calls.run(what, () -> Optional.ofNullable(lookup.get()), late -> late.ifPresent(NativeDomain::close))
                .map(known::adopt);
    }
}
