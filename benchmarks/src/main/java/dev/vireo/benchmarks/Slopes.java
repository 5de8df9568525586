package dev.vireo.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What one guest more takes, between each size and the next: it grows where something is more than linear. */
final class Slopes {
    private static final double NANOS_IN_MICROS = 1e3;

    private Slopes() {}

    static void print(List<SweepRounds> all, Report report) {
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

    private static String guests(SweepRounds rounds) {
        return String.format("%,d", rounds.guests());
    }
}
