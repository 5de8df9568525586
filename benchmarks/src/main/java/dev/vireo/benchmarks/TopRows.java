package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rows of {@code vireo top} at a terminal: what looking at many guests costs, second after second. */
final class TopRows {
    private static final int GUESTS = 1_000;
    private static final int VCPUS = 2;
    private static final double MOST_PERCENT = 5;
    private static final double MOST_BYTES = 150e6;
    private static final double MEGABYTE = 1e6;

    private static final int WIDTH = 120;
    private static final int HEIGHT = 40;
    /** Until all that is done at the start has been, and been compiled. */
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final int PARTS = 6;
    private static final long PART_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Pattern DOMAINS = Pattern.compile("(\\d+) domains");

    /** What one run of the command took. */
    private record Use(Samples percent, double startSeconds, double bytes, String problem) {}

    private TopRows() {}

    /**
     * Measures and prints.
     *
     * @param nativeLacking why native guests cannot be started, empty if they can
     * @return whether all could be measured
     */
    static boolean measure(String nativeLacking, Report report) throws Exception {
        String lacking = Terminal.lacking();
        if (!lacking.isEmpty()) {
            report.note("NOT MEASURED: the rows of top, because " + lacking);
            return false;
        }
        report.heading("vireo top, 1 s, 60 s long", "measured", "(of 10 s each)", "start", "bar");
        print("in memory", use("test:///default?domains=" + GUESTS + "&vcpus=" + VCPUS), report);
        if (nativeLacking.isEmpty()) {
            print("native", useOfNative(), report);
        }
        report.printTable();
        report.note("CPU is that of the command's whole process, in percent of one core; its start, and the "
                + TimeUnit.NANOSECONDS.toSeconds(WARM_UP_NANOS) + " s after it, are told apart. Memory is the most"
                + " that was ever resident. Each guest has " + VCPUS + " vCPUs.");
        if (!nativeLacking.isEmpty()) {
            report.note("NOT MEASURED: top with native guests, because " + nativeLacking);
        }
        return nativeLacking.isEmpty();
    }

    private static Use useOfNative() throws Exception {
        Hierarchy hierarchy = Hierarchy.V1.mountPoint().isPresent() ? Hierarchy.V1 : Hierarchy.V2;
        try (Cleanup cleanup = new Cleanup()) {
            CPrograms programs = cleanup.add(new CPrograms());
            ControlGroups controlGroups = cleanup.add(new ControlGroups(hierarchy));
            // added last, ended first: groups with processes in them cannot be removed
            LookAlikes lookAlikes = cleanup.add(new LookAlikes(programs));
            for (LookAlike guest : lookAlikes.start(GUESTS, VCPUS)) {
                controlGroups.place(guest);
            }
            return use(NativeBenchmark.URI);
        }
    }

    private static Use use(String uri) throws Exception {
        BuiltCommand.build();
        try (Cleanup cleanup = new Cleanup()) {
            Path directory = Files.createTempDirectory("vireo-top");
            cleanup.add(() -> delete(directory));
            String command = BuiltCommand.PATH + " -c '" + uri + "' top";
            Terminal terminal = cleanup.add(
                    new Terminal(directory.resolve("socket"), WIDTH, HEIGHT, command, BuiltCommand.ENVIRONMENT));
            return use(terminal);
        }
    }

    private static Use use(Terminal terminal) throws IOException {
        RunningProcess top = terminal.program();
        String screen = terminal.awaitScreen(text -> domains(text) >= GUESTS);
        LockSupport.parkNanos(WARM_UP_NANOS);
        double start = top.cpuTime().toNanos();
        Samples percent = new Samples();
        String problem = "";
        for (int part = 0; part < PARTS; part++) {
            percent.add(percentOfPart(top));
            String later = terminal.screen();
            boolean goesOn = domains(later) >= GUESTS && !later.equals(screen);
            problem = goesOn ? problem : "top stood still, or lost domains:\n" + later;
            screen = later;
        }
        return new Use(percent, start / TimeUnit.SECONDS.toNanos(1), top.mostResidentBytes(), problem);
    }

    private static double percentOfPart(RunningProcess top) {
        long used = top.cpuTime().toNanos();
        long begun = System.nanoTime();
        LockSupport.parkNanos(PART_NANOS);
        long time = System.nanoTime() - begun;
        return 100.0 * (top.cpuTime().toNanos() - used) / time;
    }

    private static int domains(String screen) {
        Matcher domains = DOMAINS.matcher(screen);
        return domains.find() ? Integer.parseInt(domains.group(1)) : 0;
    }

    private static void print(String which, Use use, Report report) {
        String guests = String.format("%,d guests, %s", GUESTS, which);
        Samples percent = use.percent();
        report.line(
                String.format("%.0f %%", MOST_PERCENT),
                Verdict.of(percent.mean() <= MOST_PERCENT && use.problem().isEmpty()),
                guests + ": CPU",
                String.format("%.2f %%", percent.mean()),
                String.format("(%.2f - %.2f)", percent.least(), percent.most()),
                String.format("%.1f s", use.startSeconds()));
        report.line(
                String.format("%.0f MB", MOST_BYTES / MEGABYTE),
                Verdict.of(use.bytes() <= MOST_BYTES),
                "  memory",
                String.format("%.0f MB", use.bytes() / MEGABYTE),
                "",
                "");
        if (!use.problem().isEmpty()) {
            report.note("The figures of " + guests + ", count as missed: " + use.problem());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
