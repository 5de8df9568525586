package dev.vireo.cli.plot;

import java.util.Arrays;

/**
 * A line over time in as many columns as it is to be drawn in. Of what falls into a column the lowest and the highest stay, at
 * their own times: each point that is drawn was measured, and no peak is lost. Where there is no value the line has a gap. Not
 * thread-safe.
 */
final class PixelLine {
    /** Takes the points of a line. */
    interface Points {
        void point(double millis, double value);

        void gap();
    }

    private final double firstMillis;
    private final double columnsPerMilli;
    private final double[] low;
    private final double[] high;
    private final double[] lowMillis;
    private final double[] highMillis;
    private final boolean[] isAfterGap;
    private int lastNumber = Integer.MIN_VALUE;
    private boolean hasFolded;
    private boolean isEmpty = true;

    PixelLine(double firstMillis, double lastMillis, int columns) {
        this.firstMillis = firstMillis;
        columnsPerMilli = columns / Math.max(1, lastMillis - firstMillis);
        low = new double[columns];
        high = new double[columns];
        lowMillis = new double[columns];
        highMillis = new double[columns];
        isAfterGap = new boolean[columns];
        Arrays.fill(low, Double.NaN);
    }

    /**
     * Adds a value.
     *
     * @param number that of its snapshot: where the one before has no value there is a gap
     */
    void add(double millis, double value, int number) {
        int column = Math.min(low.length - 1, Math.max(0, (int) ((millis - firstMillis) * columnsPerMilli)));
        boolean isFirst = Double.isNaN(low[column]);
        if (isFirst) {
            isAfterGap[column] = number - 1 > lastNumber;
        }
        if (isFirst || value < low[column]) {
            low[column] = value;
            lowMillis[column] = millis;
        }
        if (isFirst || value > high[column]) {
            high[column] = value;
            highMillis[column] = millis;
        }
        lastNumber = number;
        hasFolded |= !isFirst;
        isEmpty = false;
    }

    /** Tells whether values fell into one column. */
    boolean hasFolded() {
        return hasFolded;
    }

    boolean isEmpty() {
        return isEmpty;
    }

    int columns() {
        return low.length;
    }

    double low(int column) {
        return low[column];
    }

    double high(int column) {
        return high[column];
    }

    boolean isAfterGap(int column) {
        return isAfterGap[column];
    }

    double millis(int column) {
        return firstMillis + (column + 0.5) / columnsPerMilli;
    }

    void forEach(Points points) {
        for (int column = 0; column < low.length; column++) {
            if (Double.isNaN(low[column])) {
                continue;
            }
            if (isAfterGap[column]) {
                points.gap();
            }
            boolean isLowFirst = lowMillis[column] <= highMillis[column];
            if (low[column] != high[column]) {
                point(points, column, isLowFirst);
            }
            point(points, column, low[column] != high[column] && !isLowFirst);
        }
        points.gap();
    }

    private void point(Points points, int column, boolean isLow) {
        points.point(isLow ? lowMillis[column] : highMillis[column], isLow ? low[column] : high[column]);
    }
}
