package dev.vireo.tck;

import dev.vireo.Domain;
import dev.vireo.NodeCpuMap;
import dev.vireo.Operation;
import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuPin;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Group 5, the second part: how a domain is scheduled. */
abstract class SchedulingRules extends VcpuRules {
    SchedulingRules() {}

    @Test
    @Rule(
            value = "5.4",
            of = Operation.DOMAIN_GET_SCHEDULER_PARAMETERS,
            look =
                    "how many entries are filled: as many as the question counts, or the first ones where fewer are asked for")
    public final void asManySchedulerParametersAreFilledAsCounted() {
        int count = domain().getSchedulerParameters(null, 0, Domain.AFFECT_CURRENT);
        Checks.require(count >= 1, "there are " + count + " scheduler parameters");
        TypedParameters all = schedulerParameters(Domain.MAX_SCHEDULER_PARAMETERS, count);
        TypedParameters first = schedulerParameters(1, 1);
        Checks.same(all.name(0), first.name(0), "the first parameter when one is asked for");
    }

    private TypedParameters schedulerParameters(int nparams, int expected) {
        TypedParameters params = TypedParameters.allocate(Domain.MAX_SCHEDULER_PARAMETERS);
        int filled = domain().getSchedulerParameters(params, nparams, Domain.AFFECT_CURRENT);
        Checks.same(expected, filled, "the answer when " + nparams + " are asked for");
        for (int i = 0; i < params.capacity(); i++) {
            Checks.same(i < expected, params.isSet(i), "whether entry " + i + " of " + params + " is set");
        }
        return params;
    }

    @Test
    @Rule(
            value = "5.5",
            of = Operation.DOMAIN_GET_SCHEDULER_PARAMETERS,
            look =
                    "the types and units: periods are ULLONG and quotas LLONG, both in microseconds, no limit is below 0")
    public final void periodsAndQuotasAreMicroseconds() {
        TypedParameters params = TypedParameters.allocate(Domain.MAX_SCHEDULER_PARAMETERS);
        int filled = domain().getSchedulerParameters(params, params.capacity(), Domain.AFFECT_CURRENT);
        for (int i = 0; i < filled; i++) {
            if (params.name(i).endsWith("_period")) {
                Checks.same(ParameterType.ULLONG, params.type(i), "the type of " + params.name(i));
                // what the kernel takes, and 0 of what the guest does not have
                long micros = params.unsignedLong(i);
                Checks.require(
                        micros == 0 || (micros >= 1_000 && micros <= 1_000_000), params.name(i) + " is " + micros);
            } else if (params.name(i).endsWith("_quota")) {
                Checks.same(ParameterType.LLONG, params.type(i), "the type of " + params.name(i));
                long micros = params.signedLong(i);
                Checks.require(micros <= 0 || micros >= 1_000, params.name(i) + " is " + micros);
            }
        }
    }

    @Test
    @Rule(
            value = "5.6",
            of = Operation.DOMAIN_GET_VCPU_PIN_INFO,
            look = "the vCPUs that are online, ascending, each once")
    public final void pinsAscend() {
        List<VcpuPin> pins = domain().getVcpuPinInfo(Domain.AFFECT_CURRENT);
        Checks.require(!pins.isEmpty(), "the domain has no vCPU");
        for (int i = 1; i < pins.size(); i++) {
            Checks.require(pins.get(i).vcpu() > pins.get(i - 1).vcpu(), "not ascending: " + pins);
        }
    }

    @Test
    @Rule(
            value = "5.7",
            of = {Operation.DOMAIN_GET_VCPU_PIN_INFO, Operation.NODE_GET_CPU_MAP},
            look = "the CPUs of a vCPU's set: those that the host has, numbered as the host numbers them")
    public final void vcpusMayRunOnCpusThatAreThere() {
        NodeCpuMap map = connection().getNodeCpuMap();
        for (VcpuPin pin : domain().getVcpuPinInfo(Domain.AFFECT_CURRENT)) {
            pin.cpus().stream()
                    .forEach(cpu ->
                            Checks.require(map.isPresent(cpu), "CPU " + cpu + " of " + pin + " is not in " + map));
        }
    }
}
