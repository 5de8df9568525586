package dev.vireo.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What was measured of one thing, round after round: nanoseconds, and the garbage that came with them. */
final class Samples {
    private final List<Double> nanos = new ArrayList<>();
    private double mostBytes;

    void add(double sample) {
        nanos.add(sample);
    }

    void add(double sample, double bytes) {
        add(sample);
        mostBytes = Math.max(mostBytes, bytes);
    }

    boolean isEmpty() {
        return nanos.isEmpty();
    }

    double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The median of how many times the other each round's was: what a busy host does to one it does to both. */
    double timesOf(Samples other) {
        Samples ratios = new Samples();
        for (int round = 0; round < nanos.size(); round++) {
            ratios.add(nanos.get(round) / other.nanos.get(round));
        }
        return ratios.median();
    }

    double least() {
        return sorted()[0];
    }

    double most() {
        return sorted()[nanos.size() - 1];
    }

    /** The most of all rounds, by operation: garbage is there or not, and no median may hide it. */
    double mostBytes() {
        return mostBytes;
    }

    private double[] sorted() {
        return nanos.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
