package dev.vireo.cli.plot;

import dev.vireo.monitor.Rates;
import dev.vireo.monitor.RecordingReader;
import dev.vireo.monitor.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a recording. Its times go on like the monotonic clock and are never before the clock on the wall: neither a clock
 * that is set back nor a host that slept turns the time line around.
 */
final class RecordedTimes {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Takes what lies between two snapshots. */
    interface Visitor {
        /** Takes the first snapshot, with which no rate comes. */
        void first(Snapshot snapshot, double millis);

        /** Takes the rates up to a snapshot, the time of which is in milliseconds since 1970. */
        void rates(Rates rates, double millis, int number);
    }

    private RecordedTimes() {}

    /** Returns where the recording is cut, null if it is whole. */
    static @Nullable String walk(Path file, Visitor visitor) throws IOException {
        try (RecordingReader reader = RecordingReader.open(file)) {
            Snapshot previous = null;
            double millis = 0;
            int part = 0;
            int number = 0;
            for (Snapshot next = reader.next(); next != null; next = reader.next()) {
                double wall = next.wallTime().toEpochMilli();
                if (previous == null) {
                    millis = wall;
                    visitor.first(next, millis);
                } else {
                    long nanos = next.monotonicNanos() - previous.monotonicNanos();
                    boolean isSameClock = reader.part() == part && nanos > 0;
                    millis = Math.max(wall, millis + (isSameClock ? nanos / NANOS_PER_MILLI : 0));
                    visitor.rates(Rates.between(previous, next), millis, number);
                }
                previous = next;
                part = reader.part();
                number++;
            }
            return reader.cut().orElse(null);
        }
    }
}
