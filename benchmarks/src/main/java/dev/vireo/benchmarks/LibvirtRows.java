package dev.vireo.benchmarks;

import dev.vireo.Connection;
import dev.vireo.StatsGroup;
import dev.vireo.monitor.Sampler;
import dev.vireo.monitor.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The rows of {@link LibvirtBenchmark}: libvirt's answers through the passthrough, beside the same calls from C over the same
 * socket, through libvirt-java alone, and the native driver's answers about the same guests.
 */
final class LibvirtRows {
    private static final int GUESTS = 50;
    private static final double MOST_TIMES_C = 1.1;
    private static final double MOST_TIMES_C_OF_MANY = 1.2;
    private static final double MOST_TIMES_LIBVIRT_JAVA = 0.7;
    private static final double MOST_NANOS_OF_SAMPLE = 20e6;
    private static final int SAMPLES_A_ROUND = 20;
    // never reached: what counts is that another thread makes the call
    private static final String TIMEOUT = "&timeout=30s";

    /** What is read: a method of {@link LibvirtBenchmark}, and an operation of {@code libvirt-calls.c}. */
    private enum Reading {
        TOTAL("total", "total", "total", Unit.MICROS, MOST_TIMES_C),
        PER_CPU("times per CPU", "perCpu", "percpu", Unit.MICROS, MOST_TIMES_C),
        TOTALS("totals of " + GUESTS, "totals", "totals", Unit.MILLIS, MOST_TIMES_C_OF_MANY);

        private final String text;
        private final String method;
        private final String inC;
        private final Unit unit;
        private final double mostTimesC;

        Reading(String text, String method, String inC, Unit unit, double mostTimesC) {
            this.text = text;
            this.method = method;
            this.inC = inC;
            this.unit = unit;
            this.mostTimesC = mostTimesC;
        }
    }

    /** One line of the table of C: what the same takes by all three. */
    private record Row(Reading reading, Samples passthrough, Samples bare, Samples withEvents, Samples nativeDriver) {
        static Row of(Reading reading) {
            return new Row(reading, new Samples(), new Samples(), new Samples(), new Samples());
        }

        double timesC() {
            return passthrough.timesOf(bare);
        }

        Verdict verdict() {
            return Verdict.of(timesC() <= reading.mostTimesC);
        }
    }

    private final LibvirtCalls c;
    private final String uri;
    private final String guest;
    private final List<Row> rows = new ArrayList<>();
    private final Samples withTimeout = new Samples();
    private final Samples listedByNativeDriver = new Samples();
    private final Samples libvirtJava = new Samples();
    private final Samples sampled = new Samples();
    private final Samples charged = new Samples();

    private LibvirtRows(CPrograms programs, String uri, String guest) throws Exception {
        this.c = new LibvirtCalls(programs, uri, guest);
        this.uri = uri;
        this.guest = guest;
        for (Reading reading : Reading.values()) {
            rows.add(Row.of(reading));
        }
    }

    static void measure(Report report) throws Exception {
        try (Cleanup cleanup = new Cleanup()) {
            CPrograms programs = cleanup.add(new CPrograms());
            cleanup.add(new LibvirtGroups());
            PrivateLibvirtd libvirtd = cleanup.add(new PrivateLibvirtd(programs));
            List<String> guests = LibvirtGuests.start(libvirtd, GUESTS);
            LibvirtRows measured = new LibvirtRows(programs, libvirtd.uri(), guests.get(0));
            for (int round = 0; round < Rounds.ROUNDS; round++) {
                measured.measureRound();
            }
            measured.print(report);
        }
    }

    private void measureRound() throws Exception {
        for (Row row : rows) {
            Reading reading = row.reading();
            double before = c.measure(reading.inC);
            measure(reading.method, uri, row.passthrough());
            // before and after, so that a host that gets busier meanwhile favours neither
            row.bare().add((before + c.measure(reading.inC)) / 2);
            row.withEvents().add(c.measureWithEvents(reading.inC));
            measure(reading.method, NativeBenchmark.URI, row.nativeDriver());
        }
        measureSamples();
        measure(Reading.TOTAL.method, uri + TIMEOUT, withTimeout);
        measure("totalsOfListed", NativeBenchmark.URI, listedByNativeDriver);
        JmhRun.of(LibvirtJavaBenchmark.class, "total")
                .ofMicroseconds()
                .ofMedians()
                .param("uri", uri)
                .param("guest", guest)
                .addTo(libvirtJava);
    }

    /** What a sample of all guests' totals takes, and what guests that do nothing are charged for it. */
    private void measureSamples() throws InterruptedException {
        try (Connection connection = Connection.open(uri);
                Sampler sampler = Sampler.over(connection)
                        .groups(EnumSet.of(StatsGroup.CPU_TOTAL))
                        .build()) {
            Snapshot first = sampler.sample();
            for (int i = 0; i < SAMPLES_A_ROUND; i++) {
                long start = System.nanoTime();
                sampler.sample();
                sampled.add((double) (System.nanoTime() - start));
            }
            charged.add((double) (used(sampler.sample()) - used(first)) / GUESTS / (SAMPLES_A_ROUND + 1));
        }
    }

    private static long used(Snapshot snapshot) {
        return snapshot.domains().stream()
                .mapToLong(domain -> domain.totalNanos().value())
                .sum();
    }

    private void measure(String method, String how, Samples samples) throws RunnerException {
        JmhRun.of(LibvirtBenchmark.class, method)
                .ofMicroseconds()
                .ofMedians()
                .param("uri", how)
                .param("guest", guest)
                .param("guests", Integer.toString(GUESTS))
                .addTo(samples);
    }

    private void print(Report report) {
        printBesideC(report);
        printBesideOthers(report);
        printSamples(report);
        report.note(
                "Each round's time is that of the median call. \"C, events\" runs libvirt's own event loop on a thread, with"
                        + " a listener for domain events; \"C\" and libvirt-java run none, and hear of no events.");
    }

    private void printSamples(Report report) {
        report.heading("samples, passthrough", "measured", "(least - most)", "bar");
        report.line(
                Unit.MILLIS.format(MOST_NANOS_OF_SAMPLE),
                Verdict.of(sampled.median() <= MOST_NANOS_OF_SAMPLE),
                "a sample of " + GUESTS + " guests' totals",
                Unit.MILLIS.median(sampled),
                Unit.MILLIS.spread(sampled));
        report.line(
                "",
                Verdict.NO_BAR,
                "  what it charges a guest",
                Unit.MICROS.median(charged),
                Unit.MICROS.spread(charged));
        report.printTable();
    }

    private void printBesideC(Report report) {
        report.heading(
                "libvirt, passthrough",
                "time",
                "(least - most)",
                "C",
                "(least - most)",
                "ratio",
                "C, events",
                "(least - most)",
                "ratio",
                "B/op",
                "bar");
        for (Row row : rows) {
            Unit unit = row.reading().unit;
            Samples time = row.passthrough();
            report.line(
                    row.reading().mostTimesC + " x C",
                    row.verdict(),
                    row.reading().text,
                    unit.median(time),
                    unit.spread(time),
                    unit.median(row.bare()),
                    unit.spread(row.bare()),
                    ratio(row.timesC()),
                    unit.median(row.withEvents()),
                    unit.spread(row.withEvents()),
                    ratio(time.timesOf(row.withEvents())),
                    bytes(time));
        }
        report.printTable();
    }

    private void printBesideOthers(Report report) {
        report.heading("the same by others", "time", "(least - most)", "passthrough's", "ratio", "B/op", "bar");
        Samples total = rows.get(0).passthrough();
        Samples totals = rows.get(rows.size() - 1).passthrough();
        report.line(
                MOST_TIMES_LIBVIRT_JAVA + " x libvirt-java",
                Verdict.of(total.timesOf(libvirtJava) <= MOST_TIMES_LIBVIRT_JAVA),
                cells("total, libvirt-java", Unit.MICROS, libvirtJava, total));
        other("total, passthrough with timeout", Unit.MICROS, withTimeout, total, report);
        for (Row row : rows) {
            Reading reading = row.reading();
            other(reading.text + ", native", reading.unit, row.nativeDriver(), row.passthrough(), report);
        }
        other("  without finding them", Unit.MILLIS, listedByNativeDriver, totals, report);
        report.printTable();
    }

    private static void other(String name, Unit unit, Samples samples, Samples passthrough, Report report) {
        report.line("", Verdict.NO_BAR, cells(name, unit, samples, passthrough));
    }

    /** The ratio is the passthrough's time to the other's. */
    private static String[] cells(String name, Unit unit, Samples samples, Samples passthrough) {
        return new String[] {
            name,
            unit.median(samples),
            unit.spread(samples),
            unit.median(passthrough),
            ratio(passthrough.timesOf(samples)),
            bytes(samples)
        };
    }

    private static String ratio(double ratio) {
        return String.format(ratio < 10 ? "%.2f" : "%.0f", ratio);
    }

    private static String bytes(Samples samples) {
        return String.format("%,.0f", samples.mostBytes());
    }
}
