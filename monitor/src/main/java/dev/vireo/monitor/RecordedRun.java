package dev.vireo.monitor;

import java.util.Arrays;

/** What a recording last said of a domain's run: what the next row is written against. Not thread-safe. */
final class RecordedRun {
    private final int number;
    private int shape = -1;
    private long[] last = {};

    RecordedRun(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Begins a row. Where it has other numbers than the row before, they are written against 0. */
    void begin(int newShape) {
        if (newShape != shape) {
            shape = newShape;
            last = new long[0];
        }
    }

    long differenceTo(long value, int place) {
        reserve(place);
        long difference = value - last[place];
        last[place] = value;
        return difference;
    }

    long valueAfter(long difference, int place) {
        reserve(place);
        last[place] += difference;
        return last[place];
    }

    private void reserve(int place) {
        if (place >= last.length) {
            last = Arrays.copyOf(last, Math.max(place + 1, last.length * 2));
        }
    }
}
