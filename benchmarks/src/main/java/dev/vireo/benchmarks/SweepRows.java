package dev.vireo.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The rows of many guests: bulk reads, and finding the guests again. */
final class SweepRows {
    static final List<Integer> SIZES = List.of(100, 1_000, 10_000);

    private static final int V2_SIZE = 1_000;
    private static final double MILLISECOND = 1e6;
    private static final double NANOS_IN_MICROS = 1e3;

    private SweepRows() {}

    static void measure(List<Integer> sizes, Report report) throws Exception {
        List<SweepRounds> all = new ArrayList<>();
        Hierarchy main = mainHierarchy();
        for (int size : sizes) {
            all.add(SweepRounds.measure(size, main));
        }
        report.heading(
                "native, many guests", "a pass", "(least - most)", "in C", "(least - most)", "ratio", "most B", "bar");
        all.forEach(rounds -> print(rounds, report));
        if (main == Hierarchy.V1 && Hierarchy.V2.mountPoint().isPresent() && sizes.contains(V2_SIZE)) {
            printSweeps(SweepRounds.measure(V2_SIZE, Hierarchy.V2), OptionalDouble.empty(), report);
        }
        report.printTable();
        report.note(String.format(
                "Files stay open up to half of this process's limit of descriptors, %,d of %,d, in the library and in C.",
                descriptors() / 2, descriptors()));
        printSlopes(all, report);
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
                verdict(rounds.sweep, bar, rounds.problem().isEmpty()),
                name,
                Unit.MILLIS.median(rounds.sweep),
                Unit.MILLIS.spread(rounds.sweep),
                Unit.MILLIS.median(rounds.floor),
                Unit.MILLIS.spread(rounds.floor),
                String.format("%.2f", rounds.sweep.median() / rounds.floor.median()),
                bytes(rounds.sweep));
        line("  1.1 s later", rounds.sweepAfterPause, OptionalDouble.empty(), report);
        line("  the first time", rounds.firstSweep, OptionalDouble.empty(), report);
        if (!rounds.problem().isEmpty()) {
            line("  incomplete: " + rounds.problem(), new Samples(), OptionalDouble.empty(), report);
        }
    }

    private static void line(String name, Samples samples, OptionalDouble bar, Report report) {
        report.line(
                text(bar),
                verdict(samples, bar, true),
                name,
                Unit.MILLIS.median(samples),
                Unit.MILLIS.spread(samples),
                "",
                "",
                "",
                samples.isEmpty() ? "" : bytes(samples));
    }

    private static Verdict verdict(Samples samples, OptionalDouble bar, boolean complete) {
        return bar.isEmpty() ? Verdict.NO_BAR : Verdict.of(complete && samples.median() <= bar.getAsDouble());
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

    /** What one guest more takes, between each size and the next: it grows where something is more than linear. */
    private static void printSlopes(List<SweepRounds> all, Report report) {
        List<String> heading = new ArrayList<>(List.of("µs for each guest more"));
        for (int i = 1; i < all.size(); i++) {
            heading.add(guests(all.get(i - 1)) + " - " + guests(all.get(i)));
        }
        report.heading(heading.toArray(String[]::new));
        slopes("sweep", all, rounds -> rounds.sweep, report);
        slopes("  in C", all, rounds -> rounds.floor, report);
        slopes("finding again", all, rounds -> rounds.finding, report);
        report.printTable();
    }

    private static void slopes(
            String name, List<SweepRounds> all, Function<SweepRounds, Samples> samples, Report report) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (int i = 1; i < all.size(); i++) {
            Samples less = samples.apply(all.get(i - 1));
            Samples more = samples.apply(all.get(i));
            if (!less.isEmpty() && !more.isEmpty()) {
                int guests = all.get(i).guests() - all.get(i - 1).guests();
                cells.add(String.format("%.2f", (more.median() - less.median()) / guests / NANOS_IN_MICROS));
            }
        }
        report.line("", Verdict.NO_BAR, cells.toArray(String[]::new));
    }
}
