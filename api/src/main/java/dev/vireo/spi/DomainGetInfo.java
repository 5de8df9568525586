package dev.vireo.spi;

import dev.vireo.DomainInfo;
import dev.vireo.DomainRef;

/** Implements {@link dev.vireo.Domain#getInfo()}. */
@FunctionalInterface
public interface DomainGetInfo {
    /**
     * Returns what a domain is given and what it has used.
     *
     * @param domain the session's own object
     * @return state, memory, vCPUs, CPU time
     * @throws dev.vireo.HypervisorException {@link dev.vireo.ErrorCode#NO_DOMAIN} if this run has ended
     */
    DomainInfo getInfo(DomainRef domain);
}
