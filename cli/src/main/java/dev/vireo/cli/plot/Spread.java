package dev.vireo.cli.plot;

import dev.vireo.monitor.Rate;
import java.util.Arrays;

/** The values of many domains at one time: from the lowest to the highest, and the middle of them. Reused; not thread-safe. */
final class Spread {
    private static final double TAIL = 0.1;

    private double[] values = new double[64];
    private int count;

    void clear() {
        count = 0;
    }

    void add(Rate percent) {
        if (percent.isKnown()) {
            values = count == values.length ? Arrays.copyOf(values, count * 2) : values;
            values[count++] = percent.value();
        }
    }

    void addTo(PixelLine all, PixelLine middle, double millis, int number) {
        if (count == 0) {
            return;
        }
        Arrays.sort(values, 0, count);
        int tail = (int) (count * TAIL);
        all.add(millis, values[0], number);
        all.add(millis, values[count - 1], number);
        middle.add(millis, values[tail], number);
        middle.add(millis, values[count - 1 - tail], number);
    }
}
