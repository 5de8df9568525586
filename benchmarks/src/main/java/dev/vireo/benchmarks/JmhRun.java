package dev.vireo.benchmarks;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One run of one JMH benchmark in a JVM of its own: the time and the garbage of an operation. */
final class JmhRun {
    // no object is smaller than 16 bytes; what is left below one is the harness's own, spread over its iteration
    private static final double NO_BYTES = 1;

    private static final double MEDIAN_PERCENT = 50;

    private final ChainedOptionsBuilder options;
    private boolean ofMedians;

    private JmhRun(ChainedOptionsBuilder options) {
        this.options = options;
    }

    static JmhRun of(Class<?> benchmarks, String method) {
        return new JmhRun(new OptionsBuilder()
                .include("\\." + benchmarks.getSimpleName() + "\\." + method + "$")
                .addProfiler(GCProfiler.class)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(300))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(300))
                .verbosity(VerboseMode.SILENT));
    }

    JmhRun interpreted() {
        options.jvmArgsAppend("-Xint");
        return this;
    }

    /** Measures for longer: operations of microseconds are fewer, and a mean of few is less steady. */
    JmhRun ofMicroseconds() {
        options.measurementTime(TimeValue.milliseconds(700));
        return this;
    }

    /**
     * Takes the median of all operations in place of their mean: other programs on a busy host make some of those that
     * wait for another process take ten times as long.
     */
    JmhRun ofMedians() {
        ofMedians = true;
        return this;
    }

    JmhRun param(String name, String value) {
        options.param(name, value);
        return this;
    }

    void addTo(Samples samples) throws RunnerException {
        if (!ofMedians) {
            RunResult result = new Runner(options.build()).runSingle();
            samples.add(result.getPrimaryResult().getScore(), bytes(result));
        } else if (samples.isEmpty()) {
            // to keep each time makes garbage, so that is measured by itself, once
            samples.add(median(), bytes(new Runner(options.build()).runSingle()));
        } else {
            samples.add(median());
        }
    }

    private double median() throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .parent(options.build())
                        .mode(Mode.SampleTime)
                        .build())
                .runSingle();
        return result.getPrimaryResult().getStatistics().getPercentile(MEDIAN_PERCENT);
    }

    static boolean isGarbageFree(Samples samples) {
        return samples.mostBytes() < NO_BYTES;
    }

    private static double bytes(RunResult result) {
        return result.getSecondaryResults().values().stream()
                .filter(secondary -> secondary.getLabel().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(secondary -> secondary.getScore())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the profiler told no allocation rate"));
    }
}
