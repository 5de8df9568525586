package dev.vireo;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names an entry of the driver table. {@link Connection#supports} tells, without a call, whether a connection has it.
 *
 * <p>The names are libvirt's. An operation is never removed; a new one comes with a new {@linkplain #level() level}.
 */
public enum Operation {
    /** {@link Connection#getHostname()}. */
    CONNECT_GET_HOSTNAME(1, Access.READS, Subject.CONNECTION, "virConnectGetHostname"),
    /** {@link Connection#getVersion()}. */
    CONNECT_GET_VERSION(1, Access.READS, Subject.CONNECTION, "virConnectGetVersion"),
    /** {@link Connection#getAllDomainStats} and {@link Connection#getDomainStats}. */
    CONNECT_GET_ALL_DOMAIN_STATS(1, Access.READS, Subject.CONNECTION, "virConnectGetAllDomainStats"),
    /** {@link Connection#onDomainEvent}. */
    CONNECT_DOMAIN_EVENT_REGISTER(1, Access.READS, Subject.CONNECTION, "virConnectDomainEventRegisterAny"),
    /** {@link Connection#startCpuAccounting()}. */
    CONNECT_START_CPU_ACCOUNTING(1, Access.WRITES, Subject.CONNECTION, null),
    /** {@link Connection#stopCpuAccounting()}. */
    CONNECT_STOP_CPU_ACCOUNTING(1, Access.WRITES, Subject.CONNECTION, null),
    /** {@link Connection#getCpuAccounting()}. */
    CONNECT_GET_CPU_ACCOUNTING(1, Access.READS, Subject.CONNECTION, null),
    /** {@link Connection#getNodeInfo()}. */
    NODE_GET_INFO(1, Access.READS, Subject.NODE, "virNodeGetInfo"),
    /** {@link Connection#getNodeCpuMap()}. */
    NODE_GET_CPU_MAP(1, Access.READS, Subject.NODE, "virNodeGetCPUMap"),
    /** {@link Connection#getNodeCpuStats}. */
    NODE_GET_CPU_STATS(1, Access.READS, Subject.NODE, "virNodeGetCPUStats"),
    /** {@link Domain#getInfo()}. */
    DOMAIN_GET_INFO(1, Access.READS, Subject.DOMAIN, "virDomainGetInfo"),
    /** {@link Domain#getCpuStats}. */
    DOMAIN_GET_CPU_STATS(1, Access.READS, Subject.DOMAIN, "virDomainGetCPUStats"),
    /** {@link Domain#getVcpus}. */
    DOMAIN_GET_VCPUS(1, Access.READS, Subject.DOMAIN, "virDomainGetVcpus"),
    /** {@link Domain#suspend()}. */
    DOMAIN_SUSPEND(1, Access.WRITES, Subject.DOMAIN, "virDomainSuspend"),
    /** {@link Domain#resume()}. */
    DOMAIN_RESUME(1, Access.WRITES, Subject.DOMAIN, "virDomainResume"),
    /** {@link Domain#destroy()}. */
    DOMAIN_DESTROY(1, Access.WRITES, Subject.DOMAIN, "virDomainDestroy"),
    /**
     * {@link Domain#getSchedulerParameters}.
     *
     * @since 0.1, level 2
     */
    DOMAIN_GET_SCHEDULER_PARAMETERS(2, Access.READS, Subject.DOMAIN, "virDomainGetSchedulerParametersFlags"),
    /**
     * {@link Domain#getVcpuPinInfo}.
     *
     * @since 0.1, level 2
     */
    DOMAIN_GET_VCPU_PIN_INFO(2, Access.READS, Subject.DOMAIN, "virDomainGetVcpuPinInfo");

    /** Tells whether an operation changes something; those that do are refused on a read-only connection. */
    public enum Access {
        /** The operation changes nothing. */
        READS,
        /** The operation changes the hypervisor, the node or a domain. */
        WRITES
    }

    /** Tells what an operation is about. */
    public enum Subject {
        /** The connection as a whole. */
        CONNECTION,
        /** The host. */
        NODE,
        /** One domain. */
        DOMAIN
    }

    private final int level;
    private final Access access;
    private final Subject subject;
    private final @Nullable String libvirtName;

    Operation(int level, Access access, Subject subject, @Nullable String libvirtName) {
        this.level = level;
        this.access = access;
        this.subject = subject;
        this.libvirtName = libvirtName;
    }

    /**
     * Returns the level of the driver interface that brought the operation.
     *
     * @return 1 or more
     */
    public int level() {
        return level;
    }

    /**
     * Tells whether the operation changes something.
     *
     * @return {@link Access#WRITES} if it is refused on a read-only connection
     */
    public Access access() {
        return access;
    }

    /**
     * Returns what the operation is about.
     *
     * @return the connection, the node or a domain
     */
    public Subject subject() {
        return subject;
    }

    /**
     * Returns the libvirt function that does the same.
     *
     * @return for instance {@code virDomainGetCPUStats}; empty for Vireo's own operations
     */
    public Optional<String> libvirtName() {
        return Optional.ofNullable(libvirtName);
    }
}
