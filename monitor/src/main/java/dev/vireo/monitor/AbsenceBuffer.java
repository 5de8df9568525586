package dev.vireo.monitor;

import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.Arrays;

/** Gathers {@link Absences}, row by row. Reused; not thread-safe. */
final class AbsenceBuffer {
    private static final Statistic[] NO_STATISTICS = {};
    private static final String[] NO_REASONS = {};

    private int[] starts = new int[16];
    private Statistic[] statistics = new Statistic[4];
    private int[] indexes = new int[4];
    private String[] reasons = new String[4];
    private int rows;
    private int end;

    void clear() {
        Arrays.fill(reasons, 0, end, "");
        rows = 0;
        end = 0;
    }

    void add(Statistic statistic, int index, String reason) {
        if (end == indexes.length) {
            statistics = Arrays.copyOf(statistics, end * 2);
            indexes = Arrays.copyOf(indexes, end * 2);
            reasons = Arrays.copyOf(reasons, end * 2);
        }
        statistics[end] = statistic;
        indexes[end] = index;
        reasons[end] = reason;
        end++;
    }

    /** Takes the absences of a group out again. */
    void remove(StatsGroup group) {
        int kept = 0;
        for (int i = 0; i < end; i++) {
            if (statistics[i].group() != group) {
                statistics[kept] = statistics[i];
                indexes[kept] = indexes[i];
                reasons[kept++] = reasons[i];
            }
        }
        end = kept;
    }

    void endRow() {
        if (rows + 1 == starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        starts[++rows] = end;
    }

    /** Appends the absences of a row that was gathered by itself. */
    void append(AbsenceBuffer row) {
        for (int i = 0; i < row.end; i++) {
            add(row.statistics[i], row.indexes[i], row.reasons[i]);
        }
        endRow();
    }

    Absences build() {
        return new Absences(
                Arrays.copyOf(starts, rows + 1),
                end == 0 ? NO_STATISTICS : Arrays.copyOf(statistics, end),
                Arrays.copyOf(indexes, end),
                end == 0 ? NO_REASONS : Arrays.copyOf(reasons, end));
    }
}
