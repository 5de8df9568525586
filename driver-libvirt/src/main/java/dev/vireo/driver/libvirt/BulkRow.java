package dev.vireo.driver.libvirt;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.ParameterType;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The numbers of one domain in a bulk read, complete before a visitor sees any of them. Reused from domain to domain. */
final class BulkRow {
    private static final Statistic[] TOTALS = {Statistic.CPU_TIME, Statistic.CPU_USER, Statistic.CPU_SYSTEM};
    private static final String[] TOTAL_NAMES = {"cpu_time", "user_time", "system_time"};
    private static final String NO_HOST_CPUS =
            "libvirt's bulk statistics have no times per host CPU; each domain tells its own (getCpuStats)";

    private static final CpuStatsOrigin IN_BULK =
            CpuStatsOrigin.from("libvirt: virConnectGetAllDomainStats").build();

    private final TypedParameters totals = TypedParameters.allocate(Domain.MAX_CPU_STATS_PARAMS);
    private final VcpuTimes vcpus = VcpuTimes.allocate(4);
    private @Nullable LibvirtDomain domain;
    private DomainState state = DomainState.NOSTATE;
    private String whyNoTotal = "";
    private String whyNoVcpus = "";
    private String whyNoDelay = "";

    /** Forgets what was there, and is about a domain from now on. */
    void begin(LibvirtDomain next) {
        domain = next;
        state = DomainState.NOSTATE;
        totals.clear(totals.capacity());
        whyNoTotal = "libvirt does not give it";
        vcpus.clear();
        whyNoVcpus = "libvirt gives none";
        whyNoDelay = whyNoVcpus;
    }

    void state(DomainState value) {
        state = value;
    }

    /** Returns the buffer to fill with what {@code getCpuStats} gives for the total. */
    TypedParameters totals() {
        return totals;
    }

    void noTotal(String reason) {
        whyNoTotal = reason;
    }

    /** Returns the table to fill with vCPUs. */
    VcpuTimes vcpus() {
        return vcpus;
    }

    void noVcpus(String reason) {
        whyNoVcpus = reason;
    }

    void noDelay(String reason) {
        whyNoDelay = reason;
    }

    /** Returns whose row this is. */
    LibvirtDomain domain() {
        return Objects.requireNonNull(domain);
    }

    void tell(Set<StatsGroup> groups, DomainStatsVisitor out) {
        out.domain(domain(), state);
        if (groups.contains(StatsGroup.CPU_TOTAL)) {
            tellTotals(out);
        }
        if (groups.contains(StatsGroup.VCPU)) {
            tellVcpus(out);
        }
        if (groups.contains(StatsGroup.HOST_CPU)) {
            out.unavailable(Statistic.HOST_CPU_TIME, 0, NO_HOST_CPUS);
            out.unavailable(Statistic.HOST_CPU_VCPU_TIME, 0, NO_HOST_CPUS);
        }
    }

    private void tellTotals(DomainStatsVisitor out) {
        out.origin(StatsGroup.CPU_TOTAL, totals.origin().orElse(IN_BULK));
        for (int i = 0; i < TOTALS.length; i++) {
            int index = find(TOTAL_NAMES[i]);
            if (index >= 0) {
                out.value(TOTALS[i], 0, totals.unsignedLong(index));
            } else {
                out.unavailable(TOTALS[i], 0, whyNoTotal);
            }
        }
    }

    private int find(String name) {
        for (int i = 0; i < totals.capacity(); i++) {
            if (totals.isSet(i)
                    && totals.type(i) == ParameterType.ULLONG
                    && totals.name(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private void tellVcpus(DomainStatsVisitor out) {
        if (vcpus.size() == 0) {
            out.unavailable(Statistic.VCPU_STATE, 0, whyNoVcpus);
            out.unavailable(Statistic.VCPU_TIME, 0, whyNoVcpus);
            out.unavailable(Statistic.VCPU_DELAY, 0, whyNoVcpus);
        }
        for (int row = 0; row < vcpus.size(); row++) {
            tellVcpu(row, out);
        }
    }

    private void tellVcpu(int row, DomainStatsVisitor out) {
        int number = vcpus.number(row);
        VcpuState state = vcpus.state(row);
        if (state == VcpuState.UNAVAILABLE) {
            out.unavailable(Statistic.VCPU_STATE, number, "libvirt gives none that this version knows");
        } else {
            // in the order of libvirt's numbers
            out.value(Statistic.VCPU_STATE, number, state.ordinal());
        }
        if (vcpus.has(row, VcpuTimes.Column.RUN_TIME)) {
            out.value(Statistic.VCPU_TIME, number, vcpus.runTimeNanos(row));
        } else {
            out.unavailable(Statistic.VCPU_TIME, number, whyNoVcpus);
        }
        if (vcpus.has(row, VcpuTimes.Column.DELAY)) {
            out.value(Statistic.VCPU_DELAY, number, vcpus.delayNanos(row));
        } else {
            out.unavailable(Statistic.VCPU_DELAY, number, whyNoDelay);
        }
    }
}
