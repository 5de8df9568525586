package dev.vireo.driver.test;

import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuPin;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How domains are scheduled: what was tuned holds for a run, and the configuration is that nothing is. */
final class DomainScheduling {
    private static final int PARAMETERS = 7;
    private static final List<String> LIMITED = List.of("vcpu", "emulator", "global");

    private final TestHypervisor hypervisor;

    DomainScheduling(TestHypervisor hypervisor) {
        this.hypervisor = hypervisor;
    }

    int parameters(DomainRef ref, @Nullable TypedParameters params, int nparams, int flags) {
        TestDomain domain = (TestDomain) ref;
        hypervisor.called(Operation.DOMAIN_GET_SCHEDULER_PARAMETERS, domain);
        requireThere(domain, flags);
        if (params == null) {
            return PARAMETERS;
        }
        SchedulerTuning tuning = flags == Domain.AFFECT_CONFIG ? SchedulerTuning.UNLIMITED : domain.tuning();
        params.setUnsignedLong(0, "cpu_shares", tuning.cpuShares());
        int filled = 1;
        for (String what : LIMITED) {
            if (filled < nparams) {
                params.setUnsignedLong(filled++, what + "_period", tuning.periodMicros());
            }
            if (filled < nparams) {
                params.set(filled++, what + "_quota", ParameterType.LLONG, tuning.quotaMicros());
            }
        }
        return filled;
    }

    List<VcpuPin> pins(DomainRef ref, int flags) {
        TestDomain domain = (TestDomain) ref;
        hypervisor.called(Operation.DOMAIN_GET_VCPU_PIN_INFO, domain);
        requireThere(domain, flags);
        List<VcpuPin> pins = new ArrayList<>();
        for (int vcpu = 0; vcpu < domain.configuration().vcpus(); vcpu++) {
            BitSet pinned = flags == Domain.AFFECT_CONFIG ? null : domain.pin(vcpu);
            pins.add(new VcpuPin(
                    vcpu, pinned == null ? hypervisor.configuration().presentCpus() : pinned));
        }
        return pins;
    }

    private static void requireThere(TestDomain domain, int flags) {
        if (flags == Domain.AFFECT_LIVE) {
            domain.requireActive();
        } else {
            domain.requireThere();
        }
        if (flags == Domain.AFFECT_CONFIG && !domain.configuration().persistent()) {
            throw HypervisorException.of(
                    ErrorCode.OPERATION_INVALID,
                    TestDriver.NAME,
                    "transient domains do not have any persistent config; '" + domain.name() + "' is one");
        }
    }
}
