package dev.vireo.driver.test;

import dev.vireo.DomainInfo;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.Reading;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import org.jspecify.annotations.Nullable;

/** What a session tells of one domain. Nothing is allocated in the steady state, but for {@link #info}. */
final class DomainStatistics {
    private static final int TOTAL_PARAMS = 3;
    private static final int CPU_PARAMS = 2;

    private final TestHypervisor hypervisor;
    private final HypervisorConfiguration host;

    DomainStatistics(TestHypervisor hypervisor) {
        this.hypervisor = hypervisor;
        this.host = hypervisor.configuration();
    }

    int cpuStats(DomainRef ref, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        TestDomain domain = (TestDomain) ref;
        hypervisor.called(Operation.DOMAIN_GET_CPU_STATS, domain);
        domain.requireActive();
        if (params == null) {
            return answer(startCpu, ncpus);
        }
        if (startCpu == -1) {
            return fillTotal(domain, params, nparams);
        }
        int last = host.cpuMap().size() - 1;
        if (startCpu > last) {
            throw HypervisorException.of(
                    ErrorCode.INVALID_ARG,
                    TestDriver.NAME,
                    "start_cpu " + startCpu + " larger than maximum of " + last + " (domain '" + domain.name() + "')");
        }
        return fillCpus(domain, params, nparams, startCpu, Math.min(ncpus, last - startCpu + 1));
    }

    void vcpus(DomainRef ref, VcpuTimes vcpus) {
        TestDomain domain = (TestDomain) ref;
        hypervisor.called(Operation.DOMAIN_GET_VCPUS, domain);
        VcpuState state = vcpuState(domain.state()); // before the check, which a run that ends here does not pass
        domain.requireActive();
        long ran = domain.ranNanos();
        for (int number = 0; number < domain.configuration().vcpus(); number++) {
            int row = vcpus.add(number, state);
            vcpus.setCpu(row, host.cpuOf(number));
            vcpus.setRunTimeNanos(row, domain.times().vcpu(ran));
            vcpus.setDelayNanos(row, domain.times().vcpuDelay(ran));
        }
    }

    DomainInfo info(DomainRef ref) {
        TestDomain domain = (TestDomain) ref;
        hypervisor.called(Operation.DOMAIN_GET_INFO, domain);
        DomainState state = domain.state();
        domain.requireThere();
        Reading memory = Reading.of(domain.configuration().memoryKib());
        Reading cpuTime = state == DomainState.SHUTOFF
                ? Reading.unavailable(BulkStatistics.NOT_RUNNING)
                : Reading.of(domain.times().total(domain.ranNanos()));
        return new DomainInfo(
                state, memory, memory, Reading.of(domain.configuration().vcpus()), cpuTime);
    }

    /** The vCPUs of a running domain spin; those of a paused one wait. */
    static VcpuState vcpuState(DomainState state) {
        return state == DomainState.RUNNING ? VcpuState.RUNNING : VcpuState.BLOCKED;
    }

    /** Like libvirt's drivers, a question does not look at the first CPU. */
    private int answer(int startCpu, int ncpus) {
        if (startCpu == -1) {
            return TOTAL_PARAMS;
        }
        return ncpus == 0 ? host.cpuMap().size() : CPU_PARAMS;
    }

    private int fillTotal(TestDomain domain, TypedParameters params, int nparams) {
        long ran = domain.ranNanos();
        CpuTimes times = domain.times();
        params.setOrigin(hypervisor.origin());
        params.setUnsignedLong(0, "cpu_time", times.total(ran));
        if (nparams > 1) {
            params.setUnsignedLong(1, "user_time", times.user(ran));
        }
        if (nparams > 2) {
            params.setUnsignedLong(2, "system_time", times.system(ran));
        }
        return Math.min(nparams, TOTAL_PARAMS);
    }

    private int fillCpus(TestDomain domain, TypedParameters params, int nparams, int startCpu, int ncpus) {
        long ran = domain.ranNanos();
        CpuTimes times = domain.times();
        params.setOrigin(hypervisor.origin());
        for (int c = 0; c < ncpus; c++) {
            int cpu = startCpu + c;
            int rank = host.rank(cpu);
            if (rank < 0) {
                continue; // an id without a CPU stays cleared
            }
            params.setUnsignedLong(c * nparams, "cpu_time", times.onCpu(cpu, rank, ran));
            if (nparams > 1) {
                params.setUnsignedLong(c * nparams + 1, "vcpu_time", times.vcpusOnCpu(cpu, rank, ran));
            }
        }
        return Math.min(nparams, CPU_PARAMS);
    }
}
