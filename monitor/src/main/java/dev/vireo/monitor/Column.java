package dev.vireo.monitor;

import java.util.Arrays;

/** One statistic of all domains of a snapshot: for each row its indexes, and a value for each. Immutable. */
final class Column {
    private final int[] starts;
    private final int[][] indexes;
    private final long[] values;

    Column(int[] starts, int[][] indexes, long[] values) {
        this.starts = starts;
        this.indexes = indexes;
        this.values = values;
    }

    int count(int row) {
        return starts[row + 1] - starts[row];
    }

    int index(int row, int position) {
        return indexes[row][position];
    }

    long value(int row, int position) {
        return values[starts[row] + position];
    }

    /** Returns where an index is, a negative number if the row lacks it. */
    int position(int row, int index) {
        int[] list = indexes[row];
        boolean isWhereItBelongs = index >= 0 && index < list.length && list[index] == index;
        return isWhereItBelongs ? index : Arrays.binarySearch(list, index);
    }

    /** Tells whether a row of another column has the same indexes. */
    boolean hasIndexesOf(int row, Column other, int otherRow) {
        return Arrays.equals(indexes[row], other.indexes[otherRow]);
    }

    long sum(int row) {
        long sum = 0;
        for (int at = starts[row]; at < starts[row + 1]; at++) {
            sum += values[at];
        }
        return sum;
    }
}
