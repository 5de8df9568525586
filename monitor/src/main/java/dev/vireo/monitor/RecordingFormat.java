package dev.vireo.monitor;

import java.util.Arrays;

/** What the writer and the reader of a recording agree upon; {@code docs/recording.md} describes it. */
final class RecordingFormat {
    static final String MAGIC = "vireo-recording ";
    static final int VERSION = 1;
    static final String FIRST_LINE = MAGIC + VERSION + "\n";

    static final char PART = 'P';
    static final char SNAPSHOT = 'S';
    static final char TEXT = 'T';
    static final char ORIGIN = 'O';
    static final char SHAPE = 'H';
    static final char DOMAIN = 'D';
    static final char ROW = '=';
    static final char END = 'E';

    static final String NONE = "-";
    /** Numbers of rows are written to this base, which is two thirds as long as decimal. */
    static final int RADIX = 36;

    private static final int MOST_INDEXES = 1 << 20;

    private RecordingFormat() {}

    /** Appends ascending indexes as ranges: {@code 0-3,8}; nothing at all as {@link #NONE}. */
    static void appendIndexes(StringBuilder out, Column column, int row) {
        int count = column.count(row);
        if (count == 0) {
            out.append(NONE);
        }
        int end = 0;
        for (int begin = 0; begin < count; begin = end) {
            int first = column.index(row, begin);
            end = begin + 1;
            while (end < count && column.index(row, end) == first + (end - begin)) {
                end++;
            }
            out.append(begin == 0 ? "" : ",").append(first);
            if (end - begin > 1) {
                out.append('-').append(column.index(row, end - 1));
            }
        }
    }

    /** Reads what {@link #appendIndexes} wrote. */
    static int[] parseIndexes(String text) {
        if (text.equals(NONE)) {
            return new int[0];
        }
        int[] indexes = new int[4];
        int count = 0;
        for (String range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            if (first < 0 || last < first || last - first >= MOST_INDEXES - count) {
                throw new IllegalArgumentException("'" + range + "' is no range of indexes");
            }
            for (int index = first; index <= last; index++) {
                indexes = count == indexes.length ? Arrays.copyOf(indexes, count * 2) : indexes;
                indexes[count++] = index;
            }
        }
        return Arrays.copyOf(indexes, count);
    }
}
