package dev.vireo.monitor;

import java.util.Arrays;

/** Gathers a {@link Column}, row by row. Reused, so that a column's own arrays are all that is allocated. Not thread-safe. */
final class ColumnBuffer {
    private final IndexLists lists = new IndexLists();
    private int[] starts = new int[16];
    private int[][] indexes = new int[16][];
    private long[] values = new long[16];
    private int rows;
    private int end;

    void clear() {
        rows = 0;
        end = 0;
    }

    void append(Cells cells) {
        if (rows + 1 == starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
            indexes = Arrays.copyOf(indexes, starts.length);
        }
        int newEnd = end + cells.count();
        if (newEnd > values.length) {
            values = Arrays.copyOf(values, Math.max(newEnd, values.length * 2));
        }
        indexes[rows] = lists.of(cells);
        cells.copyValues(values, end);
        end = newEnd;
        starts[++rows] = end;
    }

    Column build() {
        return new Column(Arrays.copyOf(starts, rows + 1), Arrays.copyOf(indexes, rows), Arrays.copyOf(values, end));
    }
}
