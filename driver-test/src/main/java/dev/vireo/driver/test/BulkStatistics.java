package dev.vireo.driver.test;

import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a session tells of many domains at once. Nothing is allocated in the steady state. */
final class BulkStatistics {
    static final String NOT_RUNNING = "the domain is not running";

    private static final StatsGroup[] GROUPS = StatsGroup.values();

    private final TestHypervisor hypervisor;
    private final HypervisorConfiguration host;

    BulkStatistics(TestHypervisor hypervisor) {
        this.hypervisor = hypervisor;
        this.host = hypervisor.configuration();
    }

    void allDomainStats(
            @Nullable List<? extends DomainRef> domains, Set<StatsGroup> groups, DomainStatsVisitor out, int flags) {
        hypervisor.called(Operation.CONNECT_GET_ALL_DOMAIN_STATS, null);
        List<? extends DomainRef> wanted = domains == null ? hypervisor.domains() : domains;
        for (int i = 0; i < wanted.size(); i++) { // an iterator would be garbage
            TestDomain domain = (TestDomain) wanted.get(i);
            hypervisor.faults().reached(domain);
            DomainState state = domain.state(); // first: a run that ends between the two is left out
            if (!domain.isEnded() && (domains != null || state != DomainState.SHUTOFF)) {
                tell(domain, state, groups, out);
            }
        }
    }

    private void tell(TestDomain domain, DomainState state, Set<StatsGroup> groups, DomainStatsVisitor out) {
        out.domain(domain, state);
        if (state == DomainState.SHUTOFF) {
            tellNothing(groups, out);
            return;
        }
        long ran = domain.ranNanos();
        for (int i = 0; i < GROUPS.length; i++) {
            if (groups.contains(GROUPS[i])) {
                out.origin(GROUPS[i], hypervisor.origin());
            }
        }
        if (groups.contains(StatsGroup.CPU_TOTAL)) {
            tellTotal(domain.times(), ran, out);
        }
        if (groups.contains(StatsGroup.VCPU)) {
            tellVcpus(domain, state, ran, out);
        }
        if (groups.contains(StatsGroup.HOST_CPU)) {
            tellHostCpus(domain.times(), ran, out);
        }
    }

    private void tellTotal(CpuTimes times, long ran, DomainStatsVisitor out) {
        tell(out, Statistic.CPU_TIME, 0, times.total(ran));
        tell(out, Statistic.CPU_USER, 0, times.user(ran));
        tell(out, Statistic.CPU_SYSTEM, 0, times.system(ran));
    }

    private void tellVcpus(TestDomain domain, DomainState state, long ran, DomainStatsVisitor out) {
        int number = DomainStatistics.vcpuState(state).ordinal(); // in the order of libvirt's numbers
        for (int vcpu = 0; vcpu < domain.configuration().vcpus(); vcpu++) {
            tell(out, Statistic.VCPU_STATE, vcpu, number);
            tell(out, Statistic.VCPU_TIME, vcpu, domain.times().vcpu(ran));
            tell(out, Statistic.VCPU_DELAY, vcpu, domain.times().vcpuDelay(ran));
        }
    }

    private void tellHostCpus(CpuTimes times, long ran, DomainStatsVisitor out) {
        for (int cpu = 0; cpu < host.cpuMap().size(); cpu++) {
            int rank = host.rank(cpu);
            if (rank >= 0) {
                tell(out, Statistic.HOST_CPU_TIME, cpu, times.onCpu(cpu, rank, ran));
                tell(out, Statistic.HOST_CPU_VCPU_TIME, cpu, times.vcpusOnCpu(cpu, rank, ran));
            }
        }
    }

    private void tell(DomainStatsVisitor out, Statistic statistic, int index, long value) {
        String reason = hypervisor.faults().reason(statistic);
        if (reason == null) {
            out.value(statistic, index, value);
        } else {
            out.unavailable(statistic, index, reason);
        }
    }

    private static void tellNothing(Set<StatsGroup> groups, DomainStatsVisitor out) {
        for (Statistic statistic : Statistic.values()) {
            if (groups.contains(statistic.group())) {
                out.unavailable(statistic, 0, NOT_RUNNING);
            }
        }
    }
}
