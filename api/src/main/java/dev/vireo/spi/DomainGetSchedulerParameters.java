package dev.vireo.spi;

import dev.vireo.DomainRef;
import dev.vireo.TypedParameters;
import org.jspecify.annotations.Nullable;

/**
 * Implements {@link dev.vireo.Domain#getSchedulerParameters}, whose table of names, types and units holds.
 *
 * @since 0.1, level 2
 */
@FunctionalInterface
public interface DomainGetSchedulerParameters {
    /**
     * Fills in how a domain is scheduled, or tells how many parameters there are. Called with checked arguments and
     * cleared entries.
     *
     * <p>What the hypervisor does not have is left out, not filled with a number that means nothing. A parameter keeps its
     * place from one call to the next as long as the domain is scheduled in the same way.
     *
     * @param domain the session's own object
     * @param params what to fill from the first entry on, null to ask how many there are
     * @param nparams how many to fill at most, 0 with null, at most 16
     * @param flags {@link dev.vireo.Domain#AFFECT_CURRENT}, {@link dev.vireo.Domain#AFFECT_LIVE} or
     *     {@link dev.vireo.Domain#AFFECT_CONFIG}
     * @return how many entries were filled; for a question, how many there are
     * @throws dev.vireo.HypervisorException {@link dev.vireo.ErrorCode#NO_DOMAIN} if this run has ended,
     *     {@link dev.vireo.ErrorCode#OPERATION_INVALID} if the domain is not running and {@code AFFECT_LIVE} is asked for,
     *     or transient and {@code AFFECT_CONFIG} is, {@link dev.vireo.ErrorCode#OPERATION_UNSUPPORTED} if this host cannot
     *     tell
     */
    int getSchedulerParameters(DomainRef domain, @Nullable TypedParameters params, int nparams, int flags);
}
