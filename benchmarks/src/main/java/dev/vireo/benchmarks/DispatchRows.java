package dev.vireo.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** The rows of {@link DispatchBenchmark}. */
final class DispatchRows {
    /**
     * One line of the table.
     *
     * @param benchmark the method of {@link DispatchBenchmark}
     * @param interpreted whether it runs without the compiler, where only garbage counts
     * @param barNanos the most nanoseconds an operation may take
     */
    private record Row(String benchmark, boolean interpreted, double barNanos) {
        String name() {
            return benchmark + (interpreted ? " -Xint" : "");
        }

        String bar() {
            return interpreted ? "0 B" : Unit.NANOS.format(barNanos) + ", 0 B";
        }

        JmhRun run() {
            JmhRun run = JmhRun.of(DispatchBenchmark.class, benchmark);
            return interpreted ? run.interpreted() : run;
        }

        boolean isMetBy(Samples samples) {
            return JmhRun.isGarbageFree(samples) && (interpreted || samples.median() <= barNanos);
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row("bare", false, 25),
            new Row("everything", false, 25),
            new Row("bare", true, 0),
            new Row("everything", true, 0));

    private DispatchRows() {}

    static void measure(Report report) throws RunnerException {
        Map<Row, Samples> results = new LinkedHashMap<>();
        ROWS.forEach(row -> results.put(row, new Samples()));
        for (int round = 0; round < Rounds.ROUNDS; round++) {
            for (Map.Entry<Row, Samples> row : results.entrySet()) {
                row.getKey().run().addTo(row.getValue());
            }
        }
        report.heading("dispatch", "time", "(least - most)", "B/op", "bar");
        results.forEach((row, samples) -> report.line(
                row.bar(),
                Verdict.of(row.isMetBy(samples)),
                row.name(),
                Unit.NANOS.median(samples),
                Unit.NANOS.spread(samples),
                String.format("%.3f", samples.mostBytes())));
        report.printTable();
    }
}
