package dev.vireo.spi;

import dev.vireo.DomainRef;
import dev.vireo.VcpuTimes;

/** Implements {@link dev.vireo.Domain#getVcpus}. */
@FunctionalInterface
public interface DomainGetVcpus {
    /**
     * Fills in a domain's vCPUs. Called with a cleared table. In the steady state nothing is allocated.
     *
     * @param domain the session's own object
     * @param vcpus what to fill, in ascending order of number
     * @throws dev.vireo.HypervisorException {@link dev.vireo.ErrorCode#NO_DOMAIN} if this run has ended,
     *     {@link dev.vireo.ErrorCode#OPERATION_INVALID} if the domain is not running
     */
    void getVcpus(DomainRef domain, VcpuTimes vcpus);
}
