package dev.vireo.benchmarks;

/** How times are printed. */
enum Unit {
    NANOS("ns", 1),
    MICROS("µs", 1e3),
    MILLIS("ms", 1e6);

    private final String symbol;
    private final double nanos;

    Unit(String symbol, double nanos) {
        this.symbol = symbol;
        this.nanos = nanos;
    }

    String median(Samples samples) {
        return samples.isEmpty() ? "" : format(samples.median());
    }

    String spread(Samples samples) {
        return samples.isEmpty() ? "" : "(" + number(samples.least()) + " - " + number(samples.most()) + ")";
    }

    String format(double time) {
        return number(time) + " " + symbol;
    }

    private String number(double time) {
        double value = time / nanos;
        return String.format(value < 10 ? "%.2f" : value < 1_000 ? "%.1f" : "%.0f", value);
    }
}
