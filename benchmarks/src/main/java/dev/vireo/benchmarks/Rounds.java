package dev.vireo.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks in five interleaved rounds and prints medians with their spread beside the bars. With
 * {@code --check} it exits with 1 where a bar is missed.
 */
public final class Rounds {
    private static final int ROUNDS = 5;
    // no object is smaller than 16 bytes; what is left below one is the harness's own, spread over its iteration
    private static final double NO_BYTES = 1;

    /**
     * One line of the table.
     *
     * @param benchmark the method of {@link DispatchBenchmark}
     * @param interpreted whether it runs without the compiler, where only garbage counts
     * @param barNanos the most nanoseconds an operation may take
     */
    private record Row(String benchmark, boolean interpreted, double barNanos) {}

    private static final List<Row> ROWS = List.of(
            new Row("bare", false, 25),
            new Row("everything", false, 25),
            new Row("bare", true, 0),
            new Row("everything", true, 0));

    private Rounds() {}

    /**
     * Measures and prints.
     *
     * @param arguments {@code --check} or nothing
     * @throws RunnerException if a benchmark cannot be run
     */
    public static void main(String[] arguments) throws RunnerException {
        boolean check = List.of(arguments).contains("--check");
        List<List<RunResult>> results = new ArrayList<>();
        ROWS.forEach(row -> results.add(new ArrayList<>()));
        for (int round = 0; round < ROUNDS; round++) {
            for (int row = 0; row < ROWS.size(); row++) {
                results.get(row).add(run(ROWS.get(row)));
            }
        }
        System.out.printf("%-22s %9s %19s %9s %9s%n", "dispatch", "ns/op", "(least - most)", "B/op", "bar");
        boolean allMet = true;
        for (int row = 0; row < ROWS.size(); row++) {
            allMet &= print(ROWS.get(row), results.get(row));
        }
        System.exit(check && !allMet ? 1 : 0);
    }

    private static RunResult run(Row row) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\.DispatchBenchmark\\." + row.benchmark() + "$")
                .addProfiler(GCProfiler.class)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(300))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(300))
                .verbosity(VerboseMode.SILENT);
        if (row.interpreted()) {
            options.jvmArgsAppend("-Xint");
        }
        return new Runner(options.build()).runSingle();
    }

    private static boolean print(Row row, List<RunResult> results) {
        double[] nanos = results.stream()
                .mapToDouble(result -> result.getPrimaryResult().getScore())
                .sorted()
                .toArray();
        double bytes = results.stream().mapToDouble(Rounds::bytes).max().orElseThrow();
        double median = nanos[ROUNDS / 2];
        boolean met = bytes < NO_BYTES && (row.interpreted() || median <= row.barNanos());
        String bar = row.interpreted() ? "0 B" : String.format("%.0f ns, 0 B", row.barNanos());
        System.out.printf(
                "%-22s %9.1f %19s %9.3f %9s %s%n",
                row.benchmark() + (row.interpreted() ? " -Xint" : ""),
                median,
                String.format("(%.1f - %.1f)", nanos[0], nanos[ROUNDS - 1]),
                bytes,
                bar,
                met ? "met" : "MISSED");
        return met;
    }

    private static double bytes(RunResult result) {
        return result.getSecondaryResults().values().stream()
                .filter(secondary -> secondary.getLabel().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(secondary -> secondary.getScore())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the profiler told no allocation rate"));
    }
}
