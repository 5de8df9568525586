package dev.vireo.exporter;

import dev.vireo.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How the exporter itself fares: how long its last sample took, and which errors it has met. Thread-safe. */
public final class ExporterHealth {
    /**
     * What failed, and how.
     *
     * @param operation the operation or what else was tried, for instance {@code open}
     * @param code the error
     */
    public record Failure(String operation, ErrorCode code) implements Comparable<Failure> {
        @Override
        public int compareTo(Failure other) {
            int byOperation = operation.compareTo(other.operation);
            return byOperation != 0 ? byOperation : code.compareTo(other.code);
        }
    }

    private final Map<Failure, LongAdder> failures = new ConcurrentHashMap<>();
    private volatile @Nullable Duration sampleDuration;

    /** Makes the health of an exporter that has done nothing yet. */
    public ExporterHealth() {}

    /**
     * Counts a failure.
     *
     * @param operation what failed: one of few words, as each makes a series
     * @param code the error
     */
    public void failed(String operation, ErrorCode code) {
        failures.computeIfAbsent(new Failure(operation, code), first -> new LongAdder())
                .increment();
    }

    /**
     * Returns how often what failed.
     *
     * @return a copy, in order of operation and code
     */
    public Map<Failure, Long> failures() {
        Map<Failure, Long> counts = new TreeMap<>();
        failures.forEach((failure, count) -> counts.put(failure, count.sum()));
        return counts;
    }

    /**
     * Returns how long the last sample took.
     *
     * @return null before the first
     */
    public @Nullable Duration sampleDuration() {
        return sampleDuration;
    }

    void sampled(long nanos) {
        sampleDuration = Duration.ofNanos(nanos);
    }
}
