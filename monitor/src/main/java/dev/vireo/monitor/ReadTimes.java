package dev.vireo.monitor;

import dev.vireo.StatsGroup;
import java.util.Arrays;

/** When the groups of each row of a snapshot were read, and how exactly that is known. Immutable. */
final class ReadTimes {
    /** What took no longer than this was read at one time, as far as rates are concerned. */
    static final long AT_ONCE_NANOS = 1_000_000;

    static final int GROUPS = Row.GROUPS.length;

    private final long[] middles;
    private final int[] longRows;
    private final long[] lengths;

    /**
     * Makes them.
     *
     * @param middles of the calls that read, for each row and each group in it
     * @param longRows the rows that took longer than {@link #AT_ONCE_NANOS}, in ascending order
     * @param lengths of the calls that read these, for each of their groups
     */
    ReadTimes(long[] middles, int[] longRows, long[] lengths) {
        this.middles = middles;
        this.longRows = longRows;
        this.lengths = lengths;
    }

    /** Returns the middle of the call that read a group. */
    long at(int row, StatsGroup group) {
        return middles[row * GROUPS + group.ordinal()];
    }

    /** Returns how long that call took, 0 if it was short. */
    long took(int row, StatsGroup group) {
        int place = longRows.length == 0 ? -1 : Arrays.binarySearch(longRows, row);
        return place < 0 ? 0 : lengths[place * GROUPS + group.ordinal()];
    }

    /** Returns when the first of a row's groups was read. */
    long first(int row) {
        long first = middles[row * GROUPS];
        for (int i = 1; i < GROUPS; i++) {
            long each = middles[row * GROUPS + i];
            first = each - first < 0 ? each : first;
        }
        return first;
    }
}
