package dev.vireo.monitor;

import dev.vireo.Statistic;
import org.jspecify.annotations.Nullable;

/** Why numbers of a snapshot are missing, row by row. Immutable. */
final class Absences {
    private final int[] starts;
    private final Statistic[] statistics;
    private final int[] indexes;
    private final String[] reasons;

    Absences(int[] starts, Statistic[] statistics, int[] indexes, String[] reasons) {
        this.starts = starts;
        this.statistics = statistics;
        this.indexes = indexes;
        this.reasons = reasons;
    }

    /** Returns why a number is missing: its own reason, else that of index 0, which stands for all; null if there is none. */
    @Nullable String reason(int row, Statistic statistic, int index) {
        String ofAll = null;
        for (int at = starts[row]; at < starts[row + 1]; at++) {
            if (statistics[at] == statistic) {
                if (indexes[at] == index) {
                    return reasons[at];
                }
                ofAll = indexes[at] == 0 ? reasons[at] : ofAll;
            }
        }
        return ofAll;
    }

    int count(int row, Statistic statistic) {
        int count = 0;
        for (int at = starts[row]; at < starts[row + 1]; at++) {
            count += statistics[at] == statistic ? 1 : 0;
        }
        return count;
    }

    int count(int row) {
        return starts[row + 1] - starts[row];
    }

    Statistic statistic(int row, int position) {
        return statistics[starts[row] + position];
    }

    int index(int row, int position) {
        return indexes[starts[row] + position];
    }

    String reasonAt(int row, int position) {
        return reasons[starts[row] + position];
    }

    void copyTo(Row to, int row) {
        for (int at = starts[row]; at < starts[row + 1]; at++) {
            to.unavailable(statistics[at], indexes[at], reasons[at]);
        }
    }
}
