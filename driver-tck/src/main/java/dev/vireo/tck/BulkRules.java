package dev.vireo.tck;

import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Group 8: many domains at once. */
abstract class BulkRules extends LifeCycleRules {
    BulkRules() {}

    /** Keeps what a bulk read says of one domain, and of whom it speaks. */
    private static final class Kept implements DomainStatsVisitor {
        private final UUID wanted;
        private final Set<UUID> domains = new HashSet<>();
        private final Map<String, Long> values = new TreeMap<>();
        private final Map<String, String> reasons = new TreeMap<>();
        private @Nullable UUID now;

        Kept(UUID wanted) {
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
                values.put(statistic + " " + index, value);
            }
        }

        @Override
        public void unavailable(Statistic statistic, int index, String reason) {
            if (wanted.equals(now)) {
                reasons.put(statistic + " " + index, reason);
            }
        }
    }

    private Kept readAll() {
        Kept kept = new Kept(domain().uuid());
        connection().getAllDomainStats(EnumSet.allOf(StatsGroup.class), kept, 0);
        return kept;
    }

    @Test
    @Rule(
            value = "8.1",
            of = Operation.CONNECT_GET_ALL_DOMAIN_STATS,
            look = "which domains a bulk read visits: all that run where null is asked for, else those of the list")
    public final void aBulkReadVisitsTheDomainsThatItIsAskedFor() {
        Set<UUID> running =
                connection().listDomains().stream().map(Domain::uuid).collect(Collectors.toSet());
        Checks.same(running, readAll().domains, "the domains of a bulk read");
        Kept one = new Kept(domain().uuid());
        connection().getDomainStats(List.of(domain()), EnumSet.of(StatsGroup.CPU_TOTAL), one, 0);
        Checks.same(Set.of(domain().uuid()), one.domains, "the domains of a bulk read of one");
        Checks.require(
                one.values.keySet().stream().noneMatch(name -> name.startsWith("VCPU") || name.startsWith("HOST")),
                "a group was read that nobody asked for: " + one.values.keySet());
    }

    @Test
    @Rule(
            value = "8.2",
            of = {Operation.CONNECT_GET_ALL_DOMAIN_STATS, Operation.DOMAIN_GET_CPU_STATS},
            look = "where the numbers of a bulk read come from: they are those of the single calls")
    public final void aBulkReadGivesTheTotalThatASingleCallGives() {
        long before = totals()[0];
        Kept kept = readAll();
        long after = totals()[0];
        String name = Statistic.CPU_TIME + " 0";
        Checks.require(kept.values.containsKey(name), "a bulk read gives no CPU_TIME: " + kept.values + kept.reasons);
        long bulk = kept.values.getOrDefault(name, 0L);
        Checks.require(
                bulk >= before && bulk <= after,
                "a bulk read says " + bulk + ", a single call before it " + before + " and after it " + after);
    }

    @Test
    @Rule(
            value = "8.3",
            of = Operation.CONNECT_GET_ALL_DOMAIN_STATS,
            look = "statistics that cannot be read: unavailable(…) with a reason, never left out in silence")
    public final void eachGroupOfABulkReadIsThereOrSaysWhyNot() {
        Kept kept = readAll();
        for (Statistic statistic : List.of(Statistic.CPU_TIME, Statistic.VCPU_TIME, Statistic.HOST_CPU_TIME)) {
            String name = statistic + " ";
            boolean isThere = kept.values.keySet().stream().anyMatch(key -> key.startsWith(name))
                    || kept.reasons.keySet().stream().anyMatch(key -> key.startsWith(name));
            Checks.require(isThere, statistic + " is neither given nor said to be unavailable");
        }
    }
}
