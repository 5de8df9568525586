package dev.vireo.monitor;

import dev.vireo.StatsGroup;
import java.util.Arrays;

/** Gathers {@link ReadTimes}, row by row. Reused; not thread-safe. */
final class ReadTimesBuffer {
    private static final int GROUPS = ReadTimes.GROUPS;

    private long[] middles = new long[16 * GROUPS];
    private int[] longRows = new int[4];
    private long[] lengths = new long[4 * GROUPS];
    private int size;
    private int longCount;

    void clear() {
        size = 0;
        longCount = 0;
    }

    void append(Row row) {
        if (size * GROUPS == middles.length) {
            middles = Arrays.copyOf(middles, middles.length * 2);
        }
        boolean tookLong = false;
        for (StatsGroup group : Row.GROUPS) {
            middles[size * GROUPS + group.ordinal()] = row.readAt(group);
            tookLong |= row.took(group) > ReadTimes.AT_ONCE_NANOS;
        }
        if (tookLong) {
            appendLong(row);
        }
        size++;
    }

    private void appendLong(Row row) {
        if (longCount == longRows.length) {
            longRows = Arrays.copyOf(longRows, longCount * 2);
            lengths = Arrays.copyOf(lengths, longCount * 2 * GROUPS);
        }
        for (StatsGroup group : Row.GROUPS) {
            long took = row.took(group);
            lengths[longCount * GROUPS + group.ordinal()] = took > ReadTimes.AT_ONCE_NANOS ? took : 0;
        }
        longRows[longCount++] = size;
    }

    ReadTimes build() {
        return new ReadTimes(
                Arrays.copyOf(middles, size * GROUPS),
                Arrays.copyOf(longRows, longCount),
                Arrays.copyOf(lengths, longCount * GROUPS));
    }
}
