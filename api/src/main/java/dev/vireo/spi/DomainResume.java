package dev.vireo.spi;

import dev.vireo.DomainRef;

/** Implements {@link dev.vireo.Domain#resume()}. */
@FunctionalInterface
public interface DomainResume {
    /**
     * Lets a paused domain go on. If it is running, nothing happens.
     *
     * @param domain the session's own object
     * @throws dev.vireo.HypervisorException {@link dev.vireo.ErrorCode#NO_DOMAIN} if this run has ended
     */
    void resume(DomainRef domain);
}
