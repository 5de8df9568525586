package dev.vireo.driver.libvirt;

import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import java.util.ArrayList;
import java.util.List;

/** What a bulk read told, a line each; a number that is unavailable is a dash. */
final class Recorded implements DomainStatsVisitor {
    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return lines;
    }

    @Override
    public void domain(DomainRef domain, DomainState state) {
        lines.add(domain.name() + " " + state);
    }

    @Override
    public void value(Statistic statistic, int index, long value) {
        lines.add(statistic + " " + index + " " + Long.toUnsignedString(value));
    }

    @Override
    public void unavailable(Statistic statistic, int index, String reason) {
        lines.add(statistic + " " + index + " -");
    }
}
