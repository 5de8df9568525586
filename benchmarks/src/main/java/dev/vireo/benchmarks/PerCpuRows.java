package dev.vireo.benchmarks;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** The rows of times per CPU on cgroup v2: what reading them takes, and what counting them costs whoever is counted. */
final class PerCpuRows {
    private static final String EVENTS = NativeBenchmark.URI + "?percpu=sched-events";
    private static final double MOST_READ_NANOS = 300;
    private static final double MOST_ATTACH_NANOS = 60e6;
    private static final double MOST_TIMES_WATCHED = 1.15;
    private static final double MOST_TIMES_UNWATCHED = 1.08;

    private final LookAlike guest;
    private final Path group;
    private final Path switches;
    private final Samples read = new Samples();
    private final Samples attach = new Samples();
    private final Samples watchedBefore = new Samples();
    private final Samples watched = new Samples();
    private final Samples unwatchedBefore = new Samples();
    private final Samples unwatched = new Samples();

    private PerCpuRows(LookAlike guest, Path group, Path switches) {
        this.guest = guest;
        this.group = group;
        this.switches = switches;
    }

    static void measure(Report report) throws Exception {
        if (Hierarchy.V2.mountPoint().isEmpty()) {
            report.note("NOT MEASURED: times per CPU on cgroup v2, because it is not mounted");
            return;
        }
        try (Cleanup cleanup = new Cleanup()) {
            CPrograms programs = cleanup.add(new CPrograms());
            ControlGroups groups = cleanup.add(new ControlGroups(Hierarchy.V2));
            LookAlikes guests = cleanup.add(new LookAlikes(programs));
            LookAlike guest = guests.startOne(2);
            Path group = groups.place(guest);
            PerCpuRows rows = new PerCpuRows(guest, group, programs.compile("switches.c", "switches"));
            try {
                for (int round = 0; round < Rounds.ROUNDS; round++) {
                    rows.measureRound();
                }
            } catch (HypervisorException refused) {
                report.note("NOT MEASURED: times per CPU on cgroup v2: " + refused.getMessage());
                return;
            }
            rows.print(report);
            report.note(
                    "NOT MEASURED here: sched-group in a sweep of 1,000, bar 3 us; it takes the cpu controller on version 2."
                            + " The test of booted kernels prints it beside cpu.stat.");
        }
    }

    private void measureRound() throws IOException, RunnerException {
        JmhRun.of(NativeBenchmark.class, "perCpu")
                .param("guest", guest.name())
                .param("uri", EVENTS)
                .addTo(read);
        String emulator = group.resolve("emulator/cgroup.procs").toString();
        watchedBefore.add(switchNanos(List.of(switches.toString(), emulator)));
        unwatchedBefore.add(switchNanos(List.of(switches.toString())));
        try (Connection connection = Connection.open(EVENTS)) {
            Domain domain = connection.getDomainByName(guest.name());
            TypedParameters params = TypedParameters.allocate(2);
            long start = System.nanoTime();
            domain.getCpuStats(params, 2, 0, 1, 0);
            attach.add((double) (System.nanoTime() - start));
            watched.add(switchNanos(List.of(switches.toString(), emulator)));
            unwatched.add(switchNanos(List.of(switches.toString())));
        }
    }

    private static double switchNanos(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = process.inputReader().readLine();
        if (CPrograms.exitCode(process) != 0 || answer == null) {
            throw new IOException("switches could not be measured");
        }
        return Double.parseDouble(answer);
    }

    private void print(Report report) {
        report.heading(
                "per CPU on cgroup v2, sched-events", "time", "(least - most)", "without", "ratio", "B/op", "bar");
        boolean isRead = JmhRun.isGarbageFree(read) && read.median() <= MOST_READ_NANOS;
        report.line(
                "300 ns, 0 B",
                Verdict.of(isRead),
                "read, one domain",
                Unit.NANOS.median(read),
                Unit.NANOS.spread(read),
                "",
                "",
                String.format("%.3f", read.mostBytes()));
        report.line(
                "60 ms",
                Verdict.of(attach.median() <= MOST_ATTACH_NANOS),
                "attach and first read",
                Unit.MILLIS.median(attach),
                Unit.MILLIS.spread(attach),
                "",
                "",
                "");
        printSwitch(report, "a switch within a watched guest", watchedBefore, watched, MOST_TIMES_WATCHED);
        printSwitch(report, "a switch outside of guests", unwatchedBefore, unwatched, MOST_TIMES_UNWATCHED);
        report.printTable();
    }

    private static void printSwitch(Report report, String name, Samples before, Samples after, double most) {
        double ratio = after.median() / before.median();
        report.line(
                String.format("%.2f x", most),
                Verdict.of(ratio <= most),
                name,
                Unit.NANOS.median(after),
                Unit.NANOS.spread(after),
                Unit.NANOS.median(before),
                String.format("%.3f", ratio),
                "");
    }
}
