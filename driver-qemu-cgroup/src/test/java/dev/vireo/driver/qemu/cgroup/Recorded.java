package dev.vireo.driver.qemu.cgroup;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a bulk read told, by domain in its order: {@code cpu.time[0]=900}, {@code vcpu.state[0]: the reason}. */
final class Recorded implements DomainStatsVisitor {
    final List<String> names = new ArrayList<>();
    final Map<String, List<String>> lines = new TreeMap<>();

    // of the domain that came last
    final Map<StatsGroup, CpuStatsOrigin> origins = new EnumMap<>(StatsGroup.class);

    @Override
    public void domain(DomainRef domain, DomainState state) {
        names.add(domain.name());
        lines.put(domain.name(), new ArrayList<>());
    }

    @Override
    public void value(Statistic statistic, int index, long value) {
        add(statistic.statName() + "[" + index + "]=" + Long.toUnsignedString(value));
    }

    @Override
    public void unavailable(Statistic statistic, int index, String reason) {
        add(statistic.statName() + "[" + index + "]: " + reason);
    }

    @Override
    public void origin(StatsGroup group, CpuStatsOrigin origin) {
        origins.put(group, origin);
    }

    private void add(String line) {
        lines.get(names.get(names.size() - 1)).add(line);
    }

    /** Returns what was told of one statistic of a domain. */
    List<String> of(String name, Statistic statistic) {
        return lines.get(name).stream()
                .filter(line -> line.startsWith(statistic.statName() + "["))
                .toList();
    }
}
