package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One guest in a bulk read: its numbers are all taken before any is handed on, so that a guest that ends in between is left
 * out whole. Not thread-safe.
 */
public final class BulkRow {
    private static final String NO_STATE =
            "the state of a thread costs more to read than all else; Domain.getVcpus reads it";

    private static final CpuStatsOrigin VCPUS =
            CpuStatsOrigin.from("/proc/PID/task/TID/schedstat").build();

    private final Workspace space = new Workspace();
    private @Nullable String noTotal;
    private @Nullable String noHostCpus;
    private @Nullable String noVcpus;
    private @Nullable CpuStatsOrigin totalOrigin;
    private @Nullable CpuStatsOrigin hostCpuOrigin;

    /** Makes an empty row. */
    public BulkRow() {}

    /**
     * Says when the bulk read is.
     *
     * @param nanos the time by a clock that never goes back
     */
    public void at(long nanos) {
        space.at(nanos);
    }

    Workspace space() {
        return space;
    }

    void begin() {
        space.hostCpus.clear();
        noTotal = null;
        noHostCpus = null;
        noVcpus = null;
        totalOrigin = null;
        hostCpuOrigin = null;
    }

    /** Says where the numbers of a group, which have been read, come from. */
    void comesFrom(StatsGroup group, CpuStatsOrigin origin) {
        if (group == StatsGroup.CPU_TOTAL) {
            totalOrigin = origin;
        } else {
            hostCpuOrigin = origin;
        }
    }

    void lacks(StatsGroup group, @Nullable String reason) {
        switch (group) {
            case CPU_TOTAL -> noTotal = reason;
            case HOST_CPU -> noHostCpus = reason;
            case VCPU -> noVcpus = reason;
        }
    }

    /**
     * Hands the row on.
     *
     * @param domain the guest
     * @param groups what was asked for
     * @param ids the host's CPUs
     * @param out takes the numbers
     */
    public void tell(DomainRef domain, Set<StatsGroup> groups, CpuIds ids, DomainStatsVisitor out) {
        out.domain(domain, DomainState.NOSTATE);
        if (groups.contains(StatsGroup.CPU_TOTAL)) {
            tellTotal(out);
        }
        if (groups.contains(StatsGroup.VCPU)) {
            tellVcpus(out);
        }
        if (groups.contains(StatsGroup.HOST_CPU)) {
            tellHostCpus(ids, out);
        }
    }

    private void tellTotal(DomainStatsVisitor out) {
        if (noTotal != null) {
            out.unavailable(Statistic.CPU_TIME, 0, noTotal);
            out.unavailable(Statistic.CPU_USER, 0, noTotal);
            out.unavailable(Statistic.CPU_SYSTEM, 0, noTotal);
            return;
        }
        if (totalOrigin != null) {
            out.origin(StatsGroup.CPU_TOTAL, totalOrigin);
        }
        out.value(Statistic.CPU_TIME, 0, space.total.cpu);
        out.value(Statistic.CPU_USER, 0, space.total.user);
        out.value(Statistic.CPU_SYSTEM, 0, space.total.system);
    }

    private void tellVcpus(DomainStatsVisitor out) {
        if (noVcpus != null) {
            tellNoVcpu(0, noVcpus, out);
            out.unavailable(Statistic.VCPU_STATE, 0, noVcpus);
            return;
        }
        out.origin(StatsGroup.VCPU, VCPUS);
        VcpuReadings vcpus = space.vcpus;
        for (int row = 0; row < vcpus.size(); row++) {
            String reason = vcpus.reason(row);
            if (reason != null) {
                tellNoVcpu(vcpus.number(row), reason, out);
            } else {
                out.value(Statistic.VCPU_TIME, vcpus.number(row), vcpus.runTime(row));
                out.value(Statistic.VCPU_DELAY, vcpus.number(row), vcpus.delay(row));
            }
        }
        out.unavailable(Statistic.VCPU_STATE, 0, NO_STATE);
    }

    private static void tellNoVcpu(int index, String reason, DomainStatsVisitor out) {
        out.unavailable(Statistic.VCPU_TIME, index, reason);
        out.unavailable(Statistic.VCPU_DELAY, index, reason);
    }

    private void tellHostCpus(CpuIds ids, DomainStatsVisitor out) {
        if (noHostCpus != null) {
            out.unavailable(Statistic.HOST_CPU_TIME, 0, noHostCpus);
            out.unavailable(Statistic.HOST_CPU_VCPU_TIME, 0, noHostCpus);
            return;
        }
        if (hostCpuOrigin != null) {
            out.origin(StatsGroup.HOST_CPU, hostCpuOrigin);
        }
        HostCpuTimes times = space.hostCpus;
        String noVcpus = times.noVcpus();
        for (int id : ids.presentIds()) {
            out.value(Statistic.HOST_CPU_TIME, id, times.cpu(id));
            if (noVcpus == null) {
                out.value(Statistic.HOST_CPU_VCPU_TIME, id, times.vcpu(id));
            }
        }
        if (noVcpus != null) {
            out.unavailable(Statistic.HOST_CPU_VCPU_TIME, 0, noVcpus);
        }
    }
}
