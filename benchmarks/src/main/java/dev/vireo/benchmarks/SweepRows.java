package dev.vireo.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The rows of many guests: bulk reads, and finding the guests again. */
final class SweepRows {
    static final List<Integer> SIZES = List.of(100, 1_000, 10_000);

    private static final int V2_SIZE = 1_000;
    private static final double MILLISECOND = 1e6;

    private SweepRows() {}

    static void measure(List<Integer> sizes, Report report) throws Exception {
        Hierarchy main = mainHierarchy();
        List<SweepRounds> bySize = new ArrayList<>();
        for (int size : sizes) {
            bySize.add(SweepRounds.measure(size, main));
        }
        List<SweepRounds> others = new ArrayList<>();
        if (main == Hierarchy.V1 && Hierarchy.V2.mountPoint().isPresent() && sizes.contains(V2_SIZE)) {
            others.add(SweepRounds.measure(V2_SIZE, Hierarchy.V2));
        }
        report.heading(
                "native, many guests", "a pass", "(least - most)", "in C", "(least - most)", "ratio", "most B", "bar");
        bySize.forEach(rounds -> print(rounds, report));
        others.forEach(rounds -> printSweeps(rounds, OptionalDouble.empty(), report));
        report.printTable();
        Slopes.print(bySize, report);
        bySize.forEach(rounds -> explain(rounds, report));
        others.forEach(rounds -> explain(rounds, report));
        report.note(String.format(
                "Files stay open up to half of this process's limit of descriptors, %,d of %,d, in the library and in C.",
                descriptors() / 2, descriptors()));
    }

    private static void explain(SweepRounds rounds, Report report) {
        if (!rounds.problem().isEmpty()) {
            report.note("The sweep of " + guests(rounds) + ", " + rounds.hierarchy() + ", counts as missed: "
                    + rounds.problem() + ".");
        }
    }

    private static long descriptors() {
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getMaxFileDescriptorCount();
    }

    /** Only v1 has files of the times per CPU, so a sweep reads the most there. */
    private static Hierarchy mainHierarchy() throws IOException {
        return Hierarchy.V1.mountPoint().isPresent() ? Hierarchy.V1 : Hierarchy.V2;
    }

    private static void print(SweepRounds rounds, Report report) {
        printSweeps(rounds, barOfSweep(rounds.guests()), report);
        String guests = guests(rounds);
        OptionalDouble bar = rounds.guests() == 1_000 ? OptionalDouble.of(5 * MILLISECOND) : OptionalDouble.empty();
        line("finding " + guests + " again", rounds.finding, bar, report);
        line("  1.1 s later", rounds.findingAfterPause, OptionalDouble.empty(), report);
        line("  the first time", rounds.firstFinding, OptionalDouble.empty(), report);
    }

    private static OptionalDouble barOfSweep(int guests) {
        return switch (guests) {
            case 1_000 -> OptionalDouble.of(10 * MILLISECOND);
            case 10_000 -> OptionalDouble.of(100 * MILLISECOND);
            default -> OptionalDouble.empty();
        };
    }

    private static void printSweeps(SweepRounds rounds, OptionalDouble bar, Report report) {
        String name = "sweep of " + guests(rounds) + ", " + rounds.hierarchy();
        if (rounds.sweep.isEmpty()) {
            report.line(
                    text(bar),
                    Verdict.MISSED,
                    name,
                    "not supported",
                    "",
                    Unit.MILLIS.median(rounds.floor),
                    Unit.MILLIS.spread(rounds.floor),
                    "",
                    "");
            return;
        }
        report.line(
                text(bar),
                rounds.problem().isEmpty() ? verdict(rounds.sweep, bar) : Verdict.MISSED,
                name,
                Unit.MILLIS.median(rounds.sweep),
                Unit.MILLIS.spread(rounds.sweep),
                Unit.MILLIS.median(rounds.floor),
                Unit.MILLIS.spread(rounds.floor),
                String.format("%.2f", rounds.sweep.median() / rounds.floor.median()),
                bytes(rounds.sweep));
        line("  1.1 s later", rounds.sweepAfterPause, OptionalDouble.empty(), report);
        line("  the first time", rounds.firstSweep, OptionalDouble.empty(), report);
    }

    private static void line(String name, Samples samples, OptionalDouble bar, Report report) {
        report.line(
                text(bar),
                verdict(samples, bar),
                name,
                Unit.MILLIS.median(samples),
                Unit.MILLIS.spread(samples),
                "",
                "",
                "",
                samples.isEmpty() ? "" : bytes(samples));
    }

    private static Verdict verdict(Samples samples, OptionalDouble bar) {
        return bar.isEmpty() ? Verdict.NO_BAR : Verdict.of(samples.median() <= bar.getAsDouble());
    }

    private static String text(OptionalDouble bar) {
        return bar.isEmpty() ? "" : Unit.MILLIS.format(bar.getAsDouble());
    }

    private static String bytes(Samples samples) {
        return String.format("%,.0f", samples.mostBytes());
    }

    private static String guests(SweepRounds rounds) {
        return String.format("%,d", rounds.guests());
    }
}
