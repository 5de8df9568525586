package dev.vireo.driver.libvirt;

import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuPin;
import dev.vireo.driver.libvirt.binding.NodeCalls;
import dev.vireo.driver.libvirt.binding.ParameterBuffer;
import dev.vireo.driver.libvirt.binding.SchedulerCalls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code virDomainGetSchedulerParametersFlags} and {@code virDomainGetVcpuPinInfo}, handed through. Thread-safe. */
final class Scheduling {
    private final Runs runs;
    private final DomainCalls domains;
    private final NodeCalls node;

    Scheduling(Runs runs, DomainCalls domains, NodeCalls node) {
        this.runs = runs;
        this.domains = domains;
        this.node = node;
    }

    /** libvirt counts by filling, too: its function that counts alone is about a running domain only. */
    int parameters(DomainRef ref, @Nullable TypedParameters params, int nparams, int flags) {
        LibvirtDomain domain = runs.require(ref);
        ParameterBuffer buffer = new ParameterBuffer();
        // some drivers refuse fewer than they have, and QEMU's leaves out what would have to be read
        int asked = Domain.MAX_SCHEDULER_PARAMETERS;
        int filled = domains.call(
                "getSchedulerParameters", domain, handle -> SchedulerCalls.parameters(handle, buffer, asked, flags));
        if (params == null) {
            return filled;
        }
        int given = Math.min(nparams, filled);
        buffer.copyTo(params, given);
        return given;
    }

    List<VcpuPin> pins(DomainRef ref, int flags) {
        return domains.call(
                "getVcpuPinInfo",
                runs.require(ref),
                handle -> SchedulerCalls.pins(handle, node.cpuMap().size(), flags));
    }
}
