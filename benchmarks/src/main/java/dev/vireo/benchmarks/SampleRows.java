package dev.vireo.benchmarks;

import java.util.OptionalDouble;

/** The rows of samples of many guests: how long one takes, what a snapshot keeps and what is garbage. */
final class SampleRows {
    private static final double MOST_NANOS = 15e6;
    private static final double MOST_BYTES_KEPT = 200;
    private static final double MOST_BYTES_GARBAGE = 100;

    private SampleRows() {}

    static void measure(Report report) throws Exception {
        Hierarchy hierarchy = Hierarchy.V1.mountPoint().isPresent() ? Hierarchy.V1 : Hierarchy.V2;
        SampleRounds rounds = SampleRounds.measure(hierarchy);
        report.heading("samples of many guests", "measured", "(least - most)", "bar");
        String guests = String.format("%,d guests", SampleRounds.GUESTS);
        time("a sample of " + guests + ", " + hierarchy, rounds.sample, OptionalDouble.of(MOST_NANOS), rounds, report);
        time("  the driver's bulk read alone", rounds.bulkRead, OptionalDouble.empty(), rounds, report);
        time("  a second later", rounds.sampleAfterPause, OptionalDouble.empty(), rounds, report);
        time("  their rates", rounds.rates, OptionalDouble.empty(), rounds, report);
        bytes("a domain in a snapshot", rounds.snapshotBytes(), MOST_BYTES_KEPT, report);
        bytes("  garbage beside it, a sample", rounds.garbageBytes(), MOST_BYTES_GARBAGE, report);
        report.line(
                "", Verdict.NO_BAR, "  a second later", String.format("%.0f B", rounds.garbageBytesAfterPause()), "");
        report.printTable();
        report.note(String.format(
                "Each guest has %d vCPUs; the host has %d CPUs.",
                SampleRounds.VCPUS, Runtime.getRuntime().availableProcessors()));
        if (!rounds.problem().isEmpty()) {
            report.note("The samples count as missed: " + rounds.problem() + ".");
        }
    }

    private static void time(String name, Samples samples, OptionalDouble bar, SampleRounds rounds, Report report) {
        Verdict verdict = bar.isEmpty()
                ? Verdict.NO_BAR
                : Verdict.of(samples.median() <= bar.getAsDouble()
                        && rounds.problem().isEmpty());
        report.line(
                bar.isEmpty() ? "" : Unit.MILLIS.format(bar.getAsDouble()),
                verdict,
                name,
                Unit.MILLIS.median(samples),
                Unit.MILLIS.spread(samples));
    }

    private static void bytes(String name, double measured, double bar, Report report) {
        report.line(
                String.format("%.0f B", bar), Verdict.of(measured <= bar), name, String.format("%.0f B", measured), "");
    }
}
