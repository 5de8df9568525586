package dev.vireo.spi;

import dev.vireo.DomainRef;

/** Implements {@link dev.vireo.Domain#suspend()}. */
@FunctionalInterface
public interface DomainSuspend {
    /**
     * Pauses a domain. If it is paused already, nothing happens.
     *
     * @param domain the session's own object
     * @throws dev.vireo.HypervisorException {@link dev.vireo.ErrorCode#NO_DOMAIN} if this run has ended
     */
    void suspend(DomainRef domain);
}
