package dev.vireo.spi;

import dev.vireo.DomainRef;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.StatsGroup;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Implements {@link dev.vireo.Connection#getAllDomainStats} and {@link dev.vireo.Connection#getDomainStats}. */
@FunctionalInterface
public interface ConnectGetAllDomainStats {
    /**
     * Reads many domains at once. A driver has this entry only if it is no slower than a call for each domain.
     *
     * <p>One domain or one number that cannot be read harms no other: a domain that has ended is left out, a number is
     * reported as unavailable. In the steady state nothing is allocated.
     *
     * @param domains the session's own objects, null for all running domains
     * @param groups what is asked for, not empty
     * @param out takes the numbers, on this thread; what it throws must pass
     * @param flags 0
     */
    void getAllDomainStats(
            @Nullable List<? extends DomainRef> domains, Set<StatsGroup> groups, DomainStatsVisitor out, int flags);
}
