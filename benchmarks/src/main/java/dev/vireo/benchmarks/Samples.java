package dev.vireo.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What was measured of one thing, round after round: nanoseconds, and the garbage that came with them. */
final class Samples {
    private final List<Double> nanos = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();
    private double mostBytes;

    void add(double sample) {
        nanos.add(sample);
    }

    void add(double sample, double garbage) {
        add(sample);
        bytes.add(garbage);
        mostBytes = Math.max(mostBytes, garbage);
    }

    /** Forgets what was measured while it warmed up. */
    void clear() {
        nanos.clear();
        bytes.clear();
        mostBytes = 0;
    }

    boolean isEmpty() {
        return nanos.isEmpty();
    }

    double median() {
        return median(sorted(nanos));
    }

    /** Of operations that allocate by design, some of which do at times what others need not. */
    double medianBytes() {
        return median(sorted(bytes));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Of what each moment has a part in, the dear ones too: a share of a CPU over a long time. */
    double mean() {
        return nanos.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The median of how many times the other each round's was: what a busy host does to one it does to both. */
    double timesOf(Samples other) {
        Samples ratios = new Samples();
        for (int round = 0; round < nanos.size(); round++) {
            ratios.add(nanos.get(round) / other.nanos.get(round));
        }
        return ratios.median();
    }

    /** What was measured before all others. */
    double first() {
        return nanos.get(0);
    }

    /** What was measured after all others. */
    double last() {
        return nanos.get(nanos.size() - 1);
    }

    double least() {
        return sorted(nanos)[0];
    }

    double most() {
        return sorted(nanos)[nanos.size() - 1];
    }

    /** The most of all rounds, by operation: garbage is there or not, and no median may hide it. */
    double mostBytes() {
        return mostBytes;
    }

    private static double[] sorted(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
