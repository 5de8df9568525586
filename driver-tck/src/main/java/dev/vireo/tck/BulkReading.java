package dev.vireo.tck;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what a bulk read says of one domain, and of whom it speaks. */
final class BulkReading implements DomainStatsVisitor {
    private final UUID wanted;
    private final Set<UUID> domains = new HashSet<>();
    private final Map<Statistic, Map<Integer, Long>> values = new HashMap<>();
    private final Map<Statistic, String> reasons = new HashMap<>();
    private final Map<StatsGroup, CpuStatsOrigin> origins = new HashMap<>();
    private @Nullable UUID now;

    BulkReading(UUID wanted) {
        this.wanted = wanted;
    }

    @Override
    public void domain(DomainRef domain, DomainState state) {
        now = domain.uuid();
        Checks.require(domains.add(domain.uuid()), domain.name() + " comes twice in a bulk read");
    }

    @Override
    public void value(Statistic statistic, int index, long value) {
        Checks.require(now != null, statistic + " comes before any domain");
        if (wanted.equals(now)) {
            values.computeIfAbsent(statistic, none -> new TreeMap<>()).put(index, value);
        }
    }

    @Override
    public void unavailable(Statistic statistic, int index, String reason) {
        if (wanted.equals(now)) {
            reasons.put(statistic, reason);
        }
    }

    @Override
    public void origin(StatsGroup group, CpuStatsOrigin origin) {
        if (wanted.equals(now)) {
            origins.put(group, origin);
        }
    }

    /** Returns where a group's numbers come from, if that was told. */
    Optional<CpuStatsOrigin> origin(StatsGroup group) {
        return Optional.ofNullable(origins.get(group));
    }

    Set<UUID> domains() {
        return domains;
    }

    /** Returns the domain's numbers of a statistic: by vCPU or host CPU, at 0 for a total. */
    Map<Integer, Long> values(Statistic statistic) {
        return values.getOrDefault(statistic, Map.of());
    }

    boolean saysWhyNot(Statistic statistic) {
        return reasons.containsKey(statistic);
    }

    boolean mentions(Statistic statistic) {
        return values.containsKey(statistic) || reasons.containsKey(statistic);
    }

    boolean hasBlankReason() {
        return reasons.values().stream().anyMatch(String::isBlank);
    }
}
