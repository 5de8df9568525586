package dev.vireo;

import dev.vireo.spi.ConnectDomainEventRegister;
import dev.vireo.spi.ConnectGetAllDomainStats;
import dev.vireo.spi.ConnectGetCpuAccounting;
import dev.vireo.spi.ConnectGetHostname;
import dev.vireo.spi.ConnectGetVersion;
import dev.vireo.spi.ConnectStartCpuAccounting;
import dev.vireo.spi.ConnectStopCpuAccounting;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.NodeGetCpuMap;
import dev.vireo.spi.NodeGetCpuStats;
import dev.vireo.spi.NodeGetInfo;
import dev.vireo.spi.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An open connection to a hypervisor: looks up domains, tells of the node, closes once. libvirt's {@code virConnect}.
 *
 * <p>Each operation may throw a {@link HypervisorException} with, in this order of checks, {@link ErrorCode#INVALID_CONN}
 * (the connection is closed), {@link ErrorCode#INVALID_DOMAIN} (an argument is a domain of another connection),
 * {@link ErrorCode#OPERATION_DENIED} (it is read-only and the operation writes), {@link ErrorCode#INVALID_ARG},
 * {@link ErrorCode#NO_SUPPORT} (the driver lacks the operation), then the driver's own. Thread-safe.
 */
public final class Connection implements AutoCloseable {
    private final Dispatch dispatch;
    private final DomainEvents events;

    Connection(Dispatch dispatch) {
        this.dispatch = dispatch;
        this.events = new DomainEvents(this, dispatch);
        dispatch.beforeClose(events::connectionClosed);
    }

    /**
     * Opens a read-only connection with the installed drivers.
     *
     * @param uri for instance {@code qemu+cgroup:///system}
     * @return the connection
     * @throws HypervisorException as {@link Drivers#open(String, OpenOptions)}
     */
    public static Connection open(String uri) {
        return Drivers.installed().open(uri, OpenOptions.defaults());
    }

    /**
     * Opens a connection with the installed drivers.
     *
     * @param uri for instance {@code qemu+cgroup:///system}
     * @param options how to open it
     * @return the connection
     * @throws HypervisorException as {@link Drivers#open(String, OpenOptions)}
     */
    public static Connection open(String uri, OpenOptions options) {
        return Drivers.installed().open(uri, options);
    }

    /**
     * Returns the URI that this connection was opened with.
     *
     * @return the URI
     */
    public ConnectionUri uri() {
        return dispatch.uri();
    }

    /**
     * Returns the name of the driver behind this connection.
     *
     * @return for instance {@code QEMU-cgroup}
     */
    public String driverName() {
        return dispatch.driverName();
    }

    /**
     * Tells whether operations that write are refused.
     *
     * @return whether the connection is read-only
     */
    public boolean isReadOnly() {
        return dispatch.isReadOnly();
    }

    /**
     * Tells, without a call, whether this connection has an operation.
     *
     * @param operation which
     * @return false if it answers {@link ErrorCode#NO_SUPPORT}
     */
    public boolean supports(Operation operation) {
        return operations().contains(Objects.requireNonNull(operation, "operation"));
    }

    /**
     * Returns the operations that this connection has.
     *
     * @return an immutable set
     */
    public Set<Operation> operations() {
        return dispatch.table().operations();
    }

    /**
     * Tells whether the connection is open and the hypervisor still answers.
     *
     * @return false after {@link #close()} or when the hypervisor is gone
     */
    public boolean isAlive() {
        DriverSession session = dispatch.tryEnter();
        if (session == null) {
            return false;
        }
        try {
            return session.isAlive();
        } catch (Throwable thrown) {
            throw dispatch.failure("isAlive", null, thrown);
        } finally {
            dispatch.end();
        }
    }

    /**
     * Lists the running domains.
     *
     * @return the domains, in the driver's order
     * @throws HypervisorException {@link ErrorCode#INVALID_CONN} or the driver's own
     */
    public List<Domain> listDomains() {
        return dispatch.lookup("listDomains", session -> domains(session.listDomains()));
    }

    /**
     * Finds a domain by name, also one that is not running.
     *
     * @param name the exact name
     * @return the domain, empty if none has this name
     * @throws HypervisorException {@link ErrorCode#INVALID_CONN}, {@link ErrorCode#MULTIPLE_DOMAINS} if several have it,
     *     or the driver's own
     */
    public Optional<Domain> findDomainByName(String name) {
        Objects.requireNonNull(name, "name");
        return dispatch.lookup(
                "findDomainByName", session -> only(domains(session.findByName(name)), "name '" + name + "'"));
    }

    /**
     * Finds a running domain by its id.
     *
     * @param id the id
     * @return the domain, empty if none has this id
     * @throws HypervisorException {@link ErrorCode#INVALID_CONN} or the driver's own
     */
    public Optional<Domain> findDomainById(int id) {
        return dispatch.lookup("findDomainById", session -> optional(session.findById(id)));
    }

    /**
     * Finds a domain by its uuid, also one that is not running.
     *
     * @param uuid the uuid
     * @return the domain, empty if none has this uuid
     * @throws HypervisorException {@link ErrorCode#INVALID_CONN}, {@link ErrorCode#MULTIPLE_DOMAINS} if several have it,
     *     or the driver's own
     */
    public Optional<Domain> findDomainByUuid(UUID uuid) {
        Objects.requireNonNull(uuid, "uuid");
        return dispatch.lookup("findDomainByUuid", session -> optional(session.findByUuid(uuid)));
    }

    /**
     * Returns the domain of a name, also one that is not running: libvirt's {@code virDomainLookupByName}.
     *
     * @param name the exact name
     * @return the domain
     * @throws HypervisorException {@link ErrorCode#NO_DOMAIN}, with the nearest name there is, and as
     *     {@link #findDomainByName}
     */
    public Domain getDomainByName(String name) {
        return findDomainByName(name).orElseThrow(() -> noDomain("name '" + name + "'", NearestName.hint(name, this)));
    }

    /**
     * Returns the running domain of an id: libvirt's {@code virDomainLookupByID}.
     *
     * @param id the id
     * @return the domain
     * @throws HypervisorException {@link ErrorCode#NO_DOMAIN}, and as {@link #findDomainById}
     */
    public Domain getDomainById(int id) {
        return findDomainById(id).orElseThrow(() -> noDomain("id " + id, ""));
    }

    /**
     * Returns the domain of a uuid, also one that is not running: libvirt's {@code virDomainLookupByUUID}.
     *
     * @param uuid the uuid
     * @return the domain
     * @throws HypervisorException {@link ErrorCode#NO_DOMAIN}, and as {@link #findDomainByUuid}
     */
    public Domain getDomainByUuid(UUID uuid) {
        return findDomainByUuid(uuid).orElseThrow(() -> noDomain("uuid " + uuid, ""));
    }

    /**
     * Returns the host's name: libvirt's {@code virConnectGetHostname}.
     *
     * @return the name
     * @throws HypervisorException as the class says
     */
    public String getHostname() {
        return dispatch.call(Slot.CONNECT_GET_HOSTNAME, ConnectGetHostname::getHostname);
    }

    /**
     * Returns the hypervisor's version: libvirt's {@code virConnectGetVersion}.
     *
     * @return the version
     * @throws HypervisorException as the class says
     */
    public HypervisorVersion getVersion() {
        return dispatch.call(Slot.CONNECT_GET_VERSION, ConnectGetVersion::getVersion);
    }

    /**
     * Reads all running domains at once: libvirt's {@code virConnectGetAllDomainStats}. A driver has this operation only
     * if it is no slower than a call for each domain. Neither side allocates anything in the steady state.
     *
     * @param groups what is asked for, at least one
     * @param visitor takes the numbers, on this thread
     * @param flags 0
     * @throws HypervisorException as the class says
     */
    public void getAllDomainStats(Set<StatsGroup> groups, DomainStatsVisitor visitor, int flags) {
        bulk(null, null, groups, visitor, flags);
    }

    /**
     * Reads some domains at once: libvirt's {@code virDomainListGetStats}. Those that have ended are left out.
     *
     * @param domains which ones, all of this connection
     * @param groups what is asked for, at least one
     * @param visitor takes the numbers, on this thread
     * @param flags 0
     * @throws HypervisorException as the class says
     */
    public void getDomainStats(List<Domain> domains, Set<StatsGroup> groups, DomainStatsVisitor visitor, int flags) {
        List<DomainRef> refs = new ArrayList<>(domains.size());
        String foreign = null;
        for (Domain domain : domains) {
            refs.add(domain.ref());
            if (domain.connection() != this) {
                foreign = domain + " was made by the connection to "
                        + domain.connection().uri();
            }
        }
        bulk(refs, foreign, groups, visitor, flags);
    }

    /**
     * Calls a listener for what happens to domains from now on: libvirt's {@code virConnectDomainEventRegisterAny}.
     *
     * <p>Events come in their order, one after the other, on one thread of this connection, through a queue of 1,024.
     * When it is full, events are dropped and one {@link DomainEvent.Type#EVENTS_LOST} stands for them. An exception of
     * the listener is reported to the error listener, and the listener stays.
     *
     * @param listener takes the events
     * @return ends the subscription when it is closed, as does closing the connection
     * @throws HypervisorException as the class says
     */
    public Subscription onDomainEvent(Consumer<? super DomainEvent> listener) {
        Objects.requireNonNull(listener, "listener");
        ConnectDomainEventRegister function = dispatch.begin(Slot.CONNECT_DOMAIN_EVENT_REGISTER, null, null);
        try {
            return events.subscribe(function, listener);
        } catch (Throwable thrown) {
            throw dispatch.failure(Operation.CONNECT_DOMAIN_EVENT_REGISTER, null, thrown);
        } finally {
            dispatch.end();
        }
    }

    /**
     * Makes the host count CPU time from now on, also when no connection is open.
     *
     * @throws HypervisorException as the class says
     */
    public void startCpuAccounting() {
        dispatch.run(Slot.CONNECT_START_CPU_ACCOUNTING, ConnectStartCpuAccounting::startCpuAccounting);
    }

    /**
     * Ends what {@link #startCpuAccounting()} began and leaves nothing behind.
     *
     * @throws HypervisorException as the class says
     */
    public void stopCpuAccounting() {
        dispatch.run(Slot.CONNECT_STOP_CPU_ACCOUNTING, ConnectStopCpuAccounting::stopCpuAccounting);
    }

    /**
     * Tells whether the host keeps counting CPU time between connections.
     *
     * @return what counts, and since when
     * @throws HypervisorException as the class says
     */
    public CpuAccounting getCpuAccounting() {
        return dispatch.call(Slot.CONNECT_GET_CPU_ACCOUNTING, ConnectGetCpuAccounting::getCpuAccounting);
    }

    /**
     * Returns what the host is: libvirt's {@code virNodeGetInfo}.
     *
     * @return CPUs, memory, topology
     * @throws HypervisorException as the class says
     */
    public NodeInfo getNodeInfo() {
        return dispatch.call(Slot.NODE_GET_INFO, NodeGetInfo::getInfo);
    }

    /**
     * Returns which CPU ids the host has and which are online: libvirt's {@code virNodeGetCPUMap}.
     *
     * @return the CPUs
     * @throws HypervisorException as the class says
     */
    public NodeCpuMap getNodeCpuMap() {
        return dispatch.call(Slot.NODE_GET_CPU_MAP, NodeGetCpuMap::getCpuMap);
    }

    /**
     * Fills in the host's own CPU times, all processes together: libvirt's {@code virNodeGetCPUStats}. The parameters are
     * {@code kernel}, {@code user}, {@code idle}, {@code iowait}, in nanoseconds.
     *
     * @param cpu a CPU id, -1 for the sum of all
     * @param params what to fill; it is cleared before; null to ask how many parameters there are
     * @param nparams how many to fill at most, 16 or less; 0 if and only if {@code params} is null
     * @param flags 0
     * @return how many were filled, or how many there are
     * @throws HypervisorException as the class says; {@link ErrorCode#INVALID_ARG} also if there is no such CPU
     */
    public int getNodeCpuStats(int cpu, @Nullable TypedParameters params, int nparams, int flags) {
        NodeGetCpuStats function =
                dispatch.begin(Slot.NODE_GET_CPU_STATS, null, Arguments.nodeCpuStats(cpu, params, nparams, flags));
        try {
            if (params != null) {
                params.clear(nparams);
            }
            return function.getCpuStats(cpu, params, nparams, flags);
        } catch (Throwable thrown) {
            if (params != null) {
                params.clear(nparams);
            }
            throw dispatch.failure(Operation.NODE_GET_CPU_STATS, null, thrown);
        } finally {
            dispatch.end();
        }
    }

    /**
     * Closes the connection, without waiting: calls that are under way end as they would have, later ones answer
     * {@link ErrorCode#INVALID_CONN}, and the last one to end frees what the driver holds. Closing again does nothing.
     */
    @Override
    public void close() {
        dispatch.close();
    }

    @Override
    public String toString() {
        return "connection to " + uri() + (dispatch.isClosed() ? " (closed)" : "");
    }

    private void bulk(
            @Nullable List<DomainRef> refs,
            @Nullable String foreign,
            Set<StatsGroup> groups,
            DomainStatsVisitor visitor,
            int flags) {
        Objects.requireNonNull(visitor, "visitor");
        ConnectGetAllDomainStats function =
                dispatch.begin(Slot.CONNECT_GET_ALL_DOMAIN_STATS, foreign, Arguments.bulk(groups, flags));
        try {
            function.getAllDomainStats(refs, groups, visitor, flags);
        } catch (Throwable thrown) {
            throw dispatch.failure(Operation.CONNECT_GET_ALL_DOMAIN_STATS, null, thrown);
        } finally {
            dispatch.end();
        }
    }

    Domain domain(DomainRef ref) {
        return new Domain(this, dispatch, ref);
    }

    private List<Domain> domains(List<? extends DomainRef> refs) {
        List<Domain> domains = new ArrayList<>(refs.size());
        for (DomainRef ref : refs) {
            domains.add(domain(ref));
        }
        return List.copyOf(domains);
    }

    private Optional<Domain> optional(@Nullable DomainRef ref) {
        return ref == null ? Optional.empty() : Optional.of(domain(ref));
    }

    private static Optional<Domain> only(List<Domain> domains, String asked) {
        if (domains.size() > 1) {
            throw HypervisorException.of(
                    ErrorCode.MULTIPLE_DOMAINS,
                    HypervisorException.LIBRARY,
                    "the " + asked + " fits " + domains.size() + ": " + domains + "; ask by id or uuid");
        }
        return domains.stream().findFirst();
    }

    private HypervisorException noDomain(String asked, String hint) {
        return dispatch.reported(
                "getDomain",
                HypervisorException.of(
                        ErrorCode.NO_DOMAIN,
                        HypervisorException.LIBRARY,
                        "no domain with matching " + asked + " on " + uri() + hint));
    }
}
