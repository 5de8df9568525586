package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Reads all guests until so many are known by names that begin so, then twice more. Prints the totals of these two reads,
 * {@code NAME NANOS} a line; then the most kernel files that were open at any time, looked at from within the reads and when
 * they were over.
 */
final class FewDescriptors implements DomainStatsVisitor {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<String> totals = new ArrayList<>();
    private String name = "";
    private int guests;
    private int most;

    private FewDescriptors() {}

    public static void main(String[] arguments) throws IOException {
        FewDescriptors visitor = new FewDescriptors();
        String prefix = arguments[1];
        int count = Integer.parseInt(arguments[2]);
        try (Connection connection = Connection.open(arguments[0])) {
            Await.until("all guests are known", LIMIT, () -> {
                visitor.read(connection);
                return visitor.known(prefix) == count;
            });
            for (int i = 0; i < 2; i++) {
                visitor.read(connection);
                visitor.totals.forEach(System.out::println);
            }
        }
        System.out.println("most " + visitor.most);
    }

    private void read(Connection connection) {
        totals.clear();
        connection.getAllDomainStats(EnumSet.allOf(StatsGroup.class), this, 0);
        look();
    }

    private long known(String prefix) {
        return totals.stream().filter(line -> line.startsWith(prefix)).count();
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
            totals.add(name + " " + value);
        }
    }

    @Override
    public void unavailable(Statistic statistic, int index, String reason) {
        if (statistic == Statistic.CPU_TIME) {
            totals.add(name + " " + reason);
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
