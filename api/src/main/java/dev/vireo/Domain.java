package dev.vireo;

import dev.vireo.spi.DomainDestroy;
import dev.vireo.spi.DomainGetCpuStats;
import dev.vireo.spi.DomainGetInfo;
import dev.vireo.spi.DomainGetSchedulerParameters;
import dev.vireo.spi.DomainGetVcpuPinInfo;
import dev.vireo.spi.DomainGetVcpus;
import dev.vireo.spi.DomainResume;
import dev.vireo.spi.DomainSuspend;
import dev.vireo.spi.Slot;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine: one run of a guest, seen through a connection. After the run has ended every call answers
 * {@link ErrorCode#NO_DOMAIN}, also when a guest of the same uuid runs again.
 *
 * <p>Each operation may throw a {@link HypervisorException} with, in this order of checks, {@link ErrorCode#INVALID_CONN}
 * (the connection is closed), {@link ErrorCode#OPERATION_DENIED} (it is read-only and the operation writes),
 * {@link ErrorCode#INVALID_ARG}, {@link ErrorCode#NO_SUPPORT} (the driver lacks the operation), then the driver's own,
 * {@link ErrorCode#NO_DOMAIN} and {@link ErrorCode#OPERATION_INVALID} (not running) among them. Thread-safe.
 */
public final class Domain implements DomainRef {
    /** The most statistics for each CPU that {@link #getCpuStats} takes: libvirt's {@code REMOTE_NODE_CPU_STATS_MAX}. */
    public static final int MAX_CPU_STATS_PARAMS = 16;

    /** The most CPUs that {@link #getCpuStats} takes: libvirt's {@code REMOTE_DOMAIN_GET_CPU_STATS_NCPUS_MAX}. */
    public static final int MAX_CPU_STATS_CPUS = 128;

    /** The most parameters that {@link #getSchedulerParameters} takes: libvirt's {@code REMOTE_DOMAIN_SCHEDULER_PARAMETERS_MAX}. */
    public static final int MAX_SCHEDULER_PARAMETERS = 16;

    /** A flag: the domain as it runs, or as it is configured if it does not run. libvirt's {@code VIR_DOMAIN_AFFECT_CURRENT}. */
    public static final int AFFECT_CURRENT = 0;

    /** A flag: the domain as it runs. libvirt's {@code VIR_DOMAIN_AFFECT_LIVE}. */
    public static final int AFFECT_LIVE = 1;

    /** A flag: the domain as it will be when it is started again. libvirt's {@code VIR_DOMAIN_AFFECT_CONFIG}. */
    public static final int AFFECT_CONFIG = 2;

    private final Connection connection;
    private final Dispatch dispatch;
    private final DomainRef ref;

    Domain(Connection connection, Dispatch dispatch, DomainRef ref) {
        this.connection = connection;
        this.dispatch = dispatch;
        this.ref = Objects.requireNonNull(ref, "ref");
    }

    /**
     * Returns the connection that made this domain.
     *
     * @return the connection
     */
    public Connection connection() {
        return connection;
    }

    @Override
    public int id() {
        return ref.id();
    }

    @Override
    public String name() {
        return ref.name();
    }

    @Override
    public UUID uuid() {
        return ref.uuid();
    }

    DomainRef ref() {
        return ref;
    }

    /**
     * Fills in the domain's CPU times from the host's perspective, in nanoseconds, or tells how many there are: libvirt's
     * {@code virDomainGetCPUStats}.
     *
     * <table>
     * <caption>Questions and answers</caption>
     * <tr><th>params, nparams</th><th>startCpu</th><th>ncpus</th><th>answer</th></tr>
     * <tr><td>null, 0</td><td>-1</td><td>1</td><td>how many statistics a total has</td></tr>
     * <tr><td>null, 0</td><td>&ge; 0</td><td>0</td><td>how many CPU ids there are: the highest present id + 1</td></tr>
     * <tr><td>null, 0</td><td>&ge; 0</td><td>&ge; 1</td><td>how many statistics one CPU has</td></tr>
     * <tr><td>buffer, n</td><td>-1</td><td>1</td>
     *     <td>fills {@code cpu_time}, {@code user_time}, {@code system_time}</td></tr>
     * <tr><td>buffer, n</td><td>&ge; 0</td><td>&ge; 1</td>
     *     <td>fills {@code cpu_time}, {@code vcpu_time} for each CPU, n entries apart</td></tr>
     * </table>
     *
     * <p>The first {@code nparams * ncpus} entries are cleared before; those that are not filled stay so: an id without a
     * CPU, also in the middle, and CPUs past the last. With fewer {@code nparams} than there are statistics, the first
     * ones are filled. After an error of the driver all of these entries are cleared; an error found before it leaves the
     * buffer alone. Nothing is allocated in the steady state.
     *
     * @param params what to fill, null for a question
     * @param nparams how many statistics for each CPU, at most {@link #MAX_CPU_STATS_PARAMS}; 0 if and only if {@code params} is null
     * @param startCpu the first CPU id, -1 for the total
     * @param ncpus how many CPU ids, at most {@link #MAX_CPU_STATS_CPUS}; 1 for the total
     * @param flags 0
     * @return how many entries were filled for each CPU, or the answer to a question
     * @throws HypervisorException as the class says; {@link ErrorCode#INVALID_ARG} also if {@code startCpu} is past the
     *     last CPU and there is something to fill; {@link ErrorCode#OPERATION_UNSUPPORTED} if this host cannot tell
     */
    public int getCpuStats(@Nullable TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        DomainGetCpuStats function = dispatch.begin(
                Slot.DOMAIN_GET_CPU_STATS, null, Arguments.domainCpuStats(params, nparams, startCpu, ncpus, flags));
        try {
            if (params != null) {
                params.clear(nparams * ncpus);
            }
            return function.getCpuStats(ref, params, nparams, startCpu, ncpus, flags);
        } catch (Throwable thrown) {
            if (params != null) {
                params.clear(nparams * ncpus);
            }
            throw dispatch.failure(Operation.DOMAIN_GET_CPU_STATS, ref, thrown);
        } finally {
            dispatch.end();
        }
    }

    /**
     * Reads all CPU times of the domain, in total and per host CPU, built on {@link #getCpuStats} alone.
     *
     * <p>A part that cannot be read is unavailable, with the reason, and does not sink the other.
     *
     * @return the times, in nanoseconds
     * @throws HypervisorException as the class says, or the error of the totals if neither part can be read
     */
    public CpuStats cpuStats() {
        return new CpuStatsReader(this).read();
    }

    /**
     * Returns what the domain is given and what it has used: libvirt's {@code virDomainGetInfo}.
     *
     * @return state, memory, vCPUs, CPU time
     * @throws HypervisorException as the class says
     */
    public DomainInfo getInfo() {
        return dispatch.call(Slot.DOMAIN_GET_INFO, ref, DomainGetInfo::getInfo);
    }

    /**
     * Fills in the domain's vCPUs: libvirt's {@code virDomainGetVcpus}, with the run delay. Nothing is allocated in the
     * steady state.
     *
     * @param vcpus what to fill; it is cleared before
     * @throws HypervisorException as the class says
     */
    public void getVcpus(VcpuTimes vcpus) {
        Objects.requireNonNull(vcpus, "vcpus");
        DomainGetVcpus function = dispatch.begin(Slot.DOMAIN_GET_VCPUS, null, null);
        try {
            vcpus.clear();
            function.getVcpus(ref, vcpus);
        } catch (Throwable thrown) {
            throw dispatch.failure(Operation.DOMAIN_GET_VCPUS, ref, thrown);
        } finally {
            dispatch.end();
        }
    }

    /**
     * Fills in how the domain is scheduled, or tells how many parameters there are: libvirt's
     * {@code virDomainGetSchedulerParametersFlags}. With {@link #getVcpus}, whose delay is the time that vCPUs waited for a
     * CPU, it tells a guest that is slow from one that is held back.
     *
     * <table>
     * <caption>Parameters of QEMU guests, in this order; other hypervisors have others</caption>
     * <tr><th>name</th><th>type</th><th>meaning</th></tr>
     * <tr><td>{@code cpu_shares}</td><td>ULLONG</td><td>the guest's weight against others: cgroup v1 {@code cpu.shares}
     *     (1024 by default), v2 {@code cpu.weight} (100 by default), as it stands</td></tr>
     * <tr><td>{@code vcpu_period}, {@code vcpu_quota}</td><td>ULLONG, LLONG</td><td>in each period a vCPU may run for the
     *     quota, both in microseconds</td></tr>
     * <tr><td>{@code emulator_period}, {@code emulator_quota}</td><td>ULLONG, LLONG</td><td>the same of the threads that are
     *     neither vCPU nor I/O thread</td></tr>
     * <tr><td>{@code global_period}, {@code global_quota}</td><td>ULLONG, LLONG</td><td>the same of the guest as a
     *     whole</td></tr>
     * <tr><td>{@code iothread_period}, {@code iothread_quota}</td><td>ULLONG, LLONG</td><td>the same of each I/O
     *     thread</td></tr>
     * <tr><td>{@code nr_periods}, {@code nr_throttled}</td><td>ULLONG</td><td>Vireo's own: in how many periods the guest as
     *     a whole, or a part of it, wanted to run, and in how many of these it was held back</td></tr>
     * <tr><td>{@code throttled_time}</td><td>ULLONG</td><td>Vireo's own: how long it was held back, summed over the host's
     *     CPUs, in nanoseconds</td></tr>
     * </table>
     *
     * <p>No limit is a quota below 0 (libvirt itself says 17592186044415, the most that the kernel takes, on cgroup v2). The first
     * {@code nparams} entries are cleared before; what the driver does not have stays so. After an error of the driver all of
     * them are cleared; an error found before it leaves the buffer alone.
     *
     * @param params what to fill, null for a question
     * @param nparams how many, at most {@link #MAX_SCHEDULER_PARAMETERS}; 0 if and only if {@code params} is null
     * @param flags {@link #AFFECT_CURRENT}, {@link #AFFECT_LIVE} or {@link #AFFECT_CONFIG}
     * @return how many entries were filled, or, for a question, how many there are
     * @throws HypervisorException as the class says; {@link ErrorCode#OPERATION_INVALID} also if the domain is transient
     *     and {@code AFFECT_CONFIG} is asked for; {@link ErrorCode#OPERATION_UNSUPPORTED} if this host cannot tell
     * @since 0.1, level 2
     */
    public int getSchedulerParameters(@Nullable TypedParameters params, int nparams, int flags) {
        DomainGetSchedulerParameters function = dispatch.begin(
                Slot.DOMAIN_GET_SCHEDULER_PARAMETERS, null, Arguments.schedulerParameters(params, nparams, flags));
        try {
            if (params != null) {
                params.clear(nparams);
            }
            return function.getSchedulerParameters(ref, params, nparams, flags);
        } catch (Throwable thrown) {
            if (params != null) {
                params.clear(nparams);
            }
            throw dispatch.failure(Operation.DOMAIN_GET_SCHEDULER_PARAMETERS, ref, thrown);
        } finally {
            dispatch.end();
        }
    }

    /**
     * Returns on which host CPUs each vCPU may run: libvirt's {@code virDomainGetVcpuPinInfo}.
     *
     * @param flags {@link #AFFECT_CURRENT}, {@link #AFFECT_LIVE} or {@link #AFFECT_CONFIG}
     * @return the vCPUs that are online, in ascending order of number
     * @throws HypervisorException as {@link #getSchedulerParameters}
     * @since 0.1, level 2
     */
    public List<VcpuPin> getVcpuPinInfo(int flags) {
        DomainGetVcpuPinInfo function = dispatch.begin(Slot.DOMAIN_GET_VCPU_PIN_INFO, null, Arguments.impact(flags));
        try {
            return List.copyOf(function.getVcpuPinInfo(ref, flags));
        } catch (Throwable thrown) {
            throw dispatch.failure(Operation.DOMAIN_GET_VCPU_PIN_INFO, ref, thrown);
        } finally {
            dispatch.end();
        }
    }

    /**
     * Pauses the domain: libvirt's {@code virDomainSuspend}. If it is paused already, nothing happens.
     *
     * @throws HypervisorException as the class says
     */
    public void suspend() {
        dispatch.run(Slot.DOMAIN_SUSPEND, ref, DomainSuspend::suspend);
    }

    /**
     * Lets the paused domain go on: libvirt's {@code virDomainResume}. If it is running, nothing happens.
     *
     * @throws HypervisorException as the class says
     */
    public void resume() {
        dispatch.run(Slot.DOMAIN_RESUME, ref, DomainResume::resume);
    }

    /**
     * Ends the domain at once: libvirt's {@code virDomainDestroy}.
     *
     * @throws HypervisorException as the class says
     */
    public void destroy() {
        dispatch.run(Slot.DOMAIN_DESTROY, ref, DomainDestroy::destroy);
    }

    /** Compares runs: two domains are equal if they are the same run, seen through the same connection. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Domain domain && connection == domain.connection && ref.equals(domain.ref);
    }

    @Override
    public int hashCode() {
        return ref.hashCode();
    }

    @Override
    public String toString() {
        return "domain '" + name() + "' (id " + id() + ", uuid " + uuid() + ")";
    }
}
