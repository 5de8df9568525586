package dev.vireo.spi;

import dev.vireo.Operation;

/**
 * The typed key of an entry of the driver table: one for each {@link Operation}.
 *
 * @param <F> what a driver implements for the operation
 */
public final class Slot<F> {
    /** {@link Operation#CONNECT_GET_HOSTNAME}. */
    public static final Slot<ConnectGetHostname> CONNECT_GET_HOSTNAME =
            new Slot<>(Operation.CONNECT_GET_HOSTNAME, ConnectGetHostname.class);

    /** {@link Operation#CONNECT_GET_VERSION}. */
    public static final Slot<ConnectGetVersion> CONNECT_GET_VERSION =
            new Slot<>(Operation.CONNECT_GET_VERSION, ConnectGetVersion.class);

    /** {@link Operation#CONNECT_GET_ALL_DOMAIN_STATS}. */
    public static final Slot<ConnectGetAllDomainStats> CONNECT_GET_ALL_DOMAIN_STATS =
            new Slot<>(Operation.CONNECT_GET_ALL_DOMAIN_STATS, ConnectGetAllDomainStats.class);

    /** {@link Operation#CONNECT_DOMAIN_EVENT_REGISTER}. */
    public static final Slot<ConnectDomainEventRegister> CONNECT_DOMAIN_EVENT_REGISTER =
            new Slot<>(Operation.CONNECT_DOMAIN_EVENT_REGISTER, ConnectDomainEventRegister.class);

    /** {@link Operation#CONNECT_START_CPU_ACCOUNTING}. */
    public static final Slot<ConnectStartCpuAccounting> CONNECT_START_CPU_ACCOUNTING =
            new Slot<>(Operation.CONNECT_START_CPU_ACCOUNTING, ConnectStartCpuAccounting.class);

    /** {@link Operation#CONNECT_STOP_CPU_ACCOUNTING}. */
    public static final Slot<ConnectStopCpuAccounting> CONNECT_STOP_CPU_ACCOUNTING =
            new Slot<>(Operation.CONNECT_STOP_CPU_ACCOUNTING, ConnectStopCpuAccounting.class);

    /** {@link Operation#CONNECT_GET_CPU_ACCOUNTING}. */
    public static final Slot<ConnectGetCpuAccounting> CONNECT_GET_CPU_ACCOUNTING =
            new Slot<>(Operation.CONNECT_GET_CPU_ACCOUNTING, ConnectGetCpuAccounting.class);

    /** {@link Operation#NODE_GET_INFO}. */
    public static final Slot<NodeGetInfo> NODE_GET_INFO = new Slot<>(Operation.NODE_GET_INFO, NodeGetInfo.class);

    /** {@link Operation#NODE_GET_CPU_MAP}. */
    public static final Slot<NodeGetCpuMap> NODE_GET_CPU_MAP =
            new Slot<>(Operation.NODE_GET_CPU_MAP, NodeGetCpuMap.class);

    /** {@link Operation#NODE_GET_CPU_STATS}. */
    public static final Slot<NodeGetCpuStats> NODE_GET_CPU_STATS =
            new Slot<>(Operation.NODE_GET_CPU_STATS, NodeGetCpuStats.class);

    /** {@link Operation#DOMAIN_GET_INFO}. */
    public static final Slot<DomainGetInfo> DOMAIN_GET_INFO =
            new Slot<>(Operation.DOMAIN_GET_INFO, DomainGetInfo.class);

    /** {@link Operation#DOMAIN_GET_CPU_STATS}. */
    public static final Slot<DomainGetCpuStats> DOMAIN_GET_CPU_STATS =
            new Slot<>(Operation.DOMAIN_GET_CPU_STATS, DomainGetCpuStats.class);

    /** {@link Operation#DOMAIN_GET_VCPUS}. */
    public static final Slot<DomainGetVcpus> DOMAIN_GET_VCPUS =
            new Slot<>(Operation.DOMAIN_GET_VCPUS, DomainGetVcpus.class);

    /** {@link Operation#DOMAIN_SUSPEND}. */
    public static final Slot<DomainSuspend> DOMAIN_SUSPEND = new Slot<>(Operation.DOMAIN_SUSPEND, DomainSuspend.class);

    /** {@link Operation#DOMAIN_RESUME}. */
    public static final Slot<DomainResume> DOMAIN_RESUME = new Slot<>(Operation.DOMAIN_RESUME, DomainResume.class);

    /** {@link Operation#DOMAIN_DESTROY}. */
    public static final Slot<DomainDestroy> DOMAIN_DESTROY = new Slot<>(Operation.DOMAIN_DESTROY, DomainDestroy.class);

    /**
     * {@link Operation#DOMAIN_GET_SCHEDULER_PARAMETERS}.
     *
     * @since 0.1, level 2
     */
    public static final Slot<DomainGetSchedulerParameters> DOMAIN_GET_SCHEDULER_PARAMETERS =
            new Slot<>(Operation.DOMAIN_GET_SCHEDULER_PARAMETERS, DomainGetSchedulerParameters.class);

    /**
     * {@link Operation#DOMAIN_GET_VCPU_PIN_INFO}.
     *
     * @since 0.1, level 2
     */
    public static final Slot<DomainGetVcpuPinInfo> DOMAIN_GET_VCPU_PIN_INFO =
            new Slot<>(Operation.DOMAIN_GET_VCPU_PIN_INFO, DomainGetVcpuPinInfo.class);

    private final Operation operation;
    private final Class<F> type;

    private Slot(Operation operation, Class<F> type) {
        this.operation = operation;
        this.type = type;
    }

    /**
     * Returns the operation that this slot is for.
     *
     * @return the operation
     */
    public Operation operation() {
        return operation;
    }

    /**
     * Returns what a driver implements for the operation.
     *
     * @return a functional interface
     */
    public Class<F> type() {
        return type;
    }

    @Override
    public String toString() {
        return operation.name();
    }
}
