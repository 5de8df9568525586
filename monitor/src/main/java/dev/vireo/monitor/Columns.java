package dev.vireo.monitor;

import dev.vireo.Statistic;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which statistics a snapshot has, and the column of each. Immutable. */
final class Columns {
    static final Statistic[] STATISTICS = {
        Statistic.CPU_TIME,
        Statistic.CPU_USER,
        Statistic.CPU_SYSTEM,
        Statistic.VCPU_TIME,
        Statistic.VCPU_DELAY,
        Statistic.HOST_CPU_TIME,
        Statistic.HOST_CPU_VCPU_TIME
    };

    private final @Nullable Column[] byStatistic = new Column[Statistic.values().length];

    Columns(ColumnBuffer[] buffers) {
        for (Statistic statistic : STATISTICS) {
            byStatistic[statistic.ordinal()] = buffers[statistic.ordinal()].build();
        }
    }

    Column of(Statistic statistic) {
        if (statistic == Statistic.VCPU_STATE) {
            throw new IllegalArgumentException("a snapshot has times, and no " + statistic);
        }
        return Objects.requireNonNull(byStatistic[statistic.ordinal()]);
    }
}
