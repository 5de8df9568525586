package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one bulk read told of all guests of this host, those of others too. */
final class Sweep implements DomainStatsVisitor {
    /**
     * What it told of one guest.
     *
     * @param domain which
     * @param values the numbers, by index
     * @param reasons why some are missing, by index
     */
    record Told(
            DomainRef domain,
            Map<Statistic, SortedMap<Integer, Long>> values,
            Map<Statistic, SortedMap<Integer, String>> reasons) {
        Told(DomainRef domain) {
            this(domain, new EnumMap<>(Statistic.class), new EnumMap<>(Statistic.class));
        }

        SortedMap<Integer, Long> all(Statistic statistic) {
            return values.getOrDefault(statistic, new TreeMap<>());
        }

        long value(Statistic statistic) {
            Long value = all(statistic).get(0);
            if (value == null) {
                throw new AssertionError(statistic + " of " + domain.name() + " was not told: " + this);
            }
            return value;
        }

        Optional<String> reason(Statistic statistic, int index) {
            return Optional.ofNullable(
                    reasons.getOrDefault(statistic, new TreeMap<>()).get(index));
        }
    }

    private final Map<String, Told> guests = new TreeMap<>();
    private final Set<String> told = new HashSet<>();
    private Told current;

    /** Asks for everything. */
    static Sweep of(Connection connection) {
        return of(connection, EnumSet.allOf(StatsGroup.class));
    }

    static Sweep of(Connection connection, Set<StatsGroup> groups) {
        Sweep sweep = new Sweep();
        connection.getAllDomainStats(groups, sweep, 0);
        return sweep;
    }

    @Override
    public void domain(DomainRef domain, DomainState state) {
        current = new Told(domain);
        // names need not be unique on a host, but those of the tests' guests are
        guests.put(domain.name(), current);
        if (!told.add(domain.id() + " " + domain.name())) {
            throw new AssertionError("told twice in one read: " + domain);
        }
    }

    @Override
    public void value(Statistic statistic, int index, long value) {
        if (current.values().computeIfAbsent(statistic, any -> new TreeMap<>()).put(index, value) != null) {
            throw new AssertionError("told twice: " + statistic + " " + index + " of " + current.domain());
        }
    }

    @Override
    public void unavailable(Statistic statistic, int index, String reason) {
        current.reasons().computeIfAbsent(statistic, any -> new TreeMap<>()).put(index, reason);
    }

    Optional<Told> find(String name) {
        return Optional.ofNullable(guests.get(name));
    }

    Told get(String name) {
        return find(name)
                .orElseThrow(() -> new AssertionError("no '" + name + "' in the bulk read of " + guests.keySet()));
    }

    /** Returns the guests whose names begin so. */
    Set<String> names(String prefix) {
        Set<String> names = new TreeSet<>();
        guests.keySet().stream().filter(name -> name.startsWith(prefix)).forEach(names::add);
        return names;
    }
}
