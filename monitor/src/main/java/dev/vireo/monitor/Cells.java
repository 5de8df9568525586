package dev.vireo.monitor;

import java.util.Arrays;

/** The numbers of one statistic of one domain, in ascending order of index. Reused; not thread-safe. */
final class Cells {
    private int[] indexes = new int[4];
    private long[] values = new long[4];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    int index(int position) {
        return indexes[position];
    }

    long value(int position) {
        return values[position];
    }

    /** Puts a number in its place; the second one of an index takes the place of the first. */
    void put(int index, long value) {
        int at = count;
        while (at > 0 && indexes[at - 1] > index) {
            at--;
        }
        if (at > 0 && indexes[at - 1] == index) {
            values[at - 1] = value;
            return;
        }
        if (count == indexes.length) {
            indexes = Arrays.copyOf(indexes, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        System.arraycopy(indexes, at, indexes, at + 1, count - at);
        System.arraycopy(values, at, values, at + 1, count - at);
        indexes[at] = index;
        values[at] = value;
        count++;
    }

    /** Tells whether a list holds just these indexes. */
    boolean hasIndexes(int[] list) {
        return Arrays.equals(list, 0, list.length, indexes, 0, count);
    }

    int[] copyIndexes() {
        return Arrays.copyOf(indexes, count);
    }

    void copyValues(long[] to, int from) {
        System.arraycopy(values, 0, to, from, count);
    }
}
