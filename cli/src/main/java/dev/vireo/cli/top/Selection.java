package dev.vireo.cli.top;

import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.Rates;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of the sorted domains is chosen, and which of them are on the screen. Whoever moves away from the first keeps the
 * domain, wherever the next order puts it; the first place keeps the place.
 */
final class Selection {
    private int[] rows = {};
    private int index;
    private int first;
    private @Nullable DomainRun kept;

    /** Takes another order. */
    void show(Rates rates, int[] newRows) {
        rows = newRows;
        int at = find(rates);
        index = at >= 0 ? at : clamp(index);
    }

    void move(Rates rates, long by) {
        index = clamp(index + by);
        kept = index == 0 || rows.length == 0
                ? null
                : rates.later().domain(rows[index]).run();
    }

    int size() {
        return rows.length;
    }

    /** Returns the row that is chosen, -1 if there is none. */
    int row() {
        return rows.length == 0 ? -1 : rows[index];
    }

    /** Returns the rows on the screen, the chosen one among them. */
    int[] visible(int height) {
        if (height < 1) {
            return new int[0];
        }
        first = Math.min(first, Math.max(0, rows.length - height));
        first = Math.max(Math.min(first, index), index - height + 1);
        return Arrays.copyOfRange(rows, first, Math.min(rows.length, first + height));
    }

    /** Finds the kept domain: its run or, after a restart or a lost connection, the run that has its uuid now. */
    private int find(Rates rates) {
        DomainRun run = kept;
        if (run == null) {
            return -1;
        }
        int at = find(rates, run::equals);
        if (at < 0) {
            at = find(rates, other -> other.uuid().equals(run.uuid()));
        }
        if (at >= 0) {
            kept = rates.later().domain(rows[at]).run();
        }
        return at;
    }

    private int find(Rates rates, Predicate<DomainRun> wanted) {
        for (int i = 0; i < rows.length; i++) {
            if (wanted.test(rates.later().domain(rows[i]).run())) {
                return i;
            }
        }
        return -1;
    }

    private int clamp(long at) {
        return (int) Math.max(0, Math.min(rows.length - 1L, at));
    }
}
