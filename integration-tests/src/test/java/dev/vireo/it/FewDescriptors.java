package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;

/**
 * Reads all guests twice and prints their totals, {@code NAME NANOS} a line; then the most kernel files that were open at any
 * time during that, looked at from within the reads, and when they were over.
 */
final class FewDescriptors implements DomainStatsVisitor {
    private String name = "";
    private int guests;
    private int most;

    private FewDescriptors() {}

    public static void main(String[] arguments) throws IOException {
        FewDescriptors visitor = new FewDescriptors();
        try (Connection connection = Connection.open(arguments[0])) {
            for (int i = 0; i < 2; i++) {
                connection.getAllDomainStats(EnumSet.allOf(StatsGroup.class), visitor, 0);
                visitor.look();
            }
        }
        System.out.println("most " + visitor.most);
    }

    @Override
    public void domain(DomainRef domain, DomainState state) {
        name = domain.name();
        guests++;
        if (guests % 20 == 0) {
            look();
        }
    }

    @Override
    public void value(Statistic statistic, int index, long value) {
        if (statistic == Statistic.CPU_TIME) {
            System.out.println(name + " " + value);
        }
    }

    @Override
    public void unavailable(Statistic statistic, int index, String reason) {
        if (statistic == Statistic.CPU_TIME) {
            System.out.println(name + " " + reason);
        }
    }

    private void look() {
        try {
            most = Math.max(most, OpenDescriptors.kernelFiles().size());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
