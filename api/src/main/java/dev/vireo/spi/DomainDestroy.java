package dev.vireo.spi;

import dev.vireo.DomainRef;

/** Implements {@link dev.vireo.Domain#destroy()}. */
@FunctionalInterface
public interface DomainDestroy {
    /**
     * Ends a domain at once.
     *
     * @param domain the session's own object
     * @throws dev.vireo.HypervisorException {@link dev.vireo.ErrorCode#NO_DOMAIN} if this run has ended
     */
    void destroy(DomainRef domain);
}
