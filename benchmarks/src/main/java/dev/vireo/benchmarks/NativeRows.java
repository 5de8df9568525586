package dev.vireo.benchmarks;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/** The rows of {@link NativeBenchmark}: readings of one guest, each beside the same reads in C. */
final class NativeRows {
    private static final double MOST_TIMES_C = 1.3;
    private static final Set<ErrorCode> NOT_SUPPORTED =
            Set.of(ErrorCode.NO_SUPPORT, ErrorCode.OPERATION_UNSUPPORTED, ErrorCode.ARGUMENT_UNSUPPORTED);

    /** What is read of a guest: a method of {@link NativeBenchmark}, and what it answers if nothing is missing. */
    private enum Reading {
        TOTAL("total", 3),
        PER_CPU("perCpu", 2),
        VCPUS("vcpus", 1);

        private final String method;
        private final int answer;

        Reading(String method, int answer) {
            this.method = method;
            this.answer = answer;
        }

        boolean isAnsweredBy(NativeBenchmark benchmark) {
            return answer
                    == switch (this) {
                        case TOTAL -> benchmark.total();
                        case PER_CPU -> benchmark.perCpu();
                        case VCPUS -> benchmark.vcpus();
                    };
        }
    }

    /** One line of the table; the guest is null where this host has no such control groups. */
    private record Row(
            String name,
            Reading reading,
            @Nullable LookAlike guest,
            List<String> reads,
            boolean hasBar,
            Samples java,
            Samples floor,
            Samples floorBesideAThread) {
        static Row of(String name, Reading reading, LookAlike guest, List<String> reads, boolean hasBar) {
            return new Row(name, reading, guest, reads, hasBar, new Samples(), new Samples(), new Samples());
        }

        static Row notHere(String name, Reading reading) {
            return new Row(name, reading, null, List.of(), true, new Samples(), new Samples(), new Samples());
        }

        boolean isHere() {
            return guest != null;
        }

        String guestName() {
            return guest == null ? "" : guest.name();
        }

        double timesC() {
            return java.median() / floor.median();
        }

        Verdict verdict() {
            if (java.isEmpty()) {
                return Verdict.MISSED;
            }
            return hasBar ? Verdict.of(JmhRun.isGarbageFree(java) && timesC() <= MOST_TIMES_C) : Verdict.NO_BAR;
        }
    }

    private NativeRows() {}

    static void measure(Report report) throws Exception {
        try (Cleanup cleanup = new Cleanup()) {
            CPrograms programs = cleanup.add(new CPrograms());
            CFloor floor = new CFloor(programs);
            List<Row> rows = rows(programs, cleanup);
            List<Row> here = rows.stream().filter(Row::isHere).toList();
            Set<Row> supported =
                    new HashSet<>(here.stream().filter(NativeRows::isSupported).toList());
            for (int round = 0; round < Rounds.ROUNDS; round++) {
                for (Row row : here) {
                    row.floor().add(floor.measure(row.reads()));
                    row.floorBesideAThread().add(floor.measureBesideAThread(row.reads()));
                    if (supported.contains(row)) {
                        measure(row);
                    }
                }
            }
            print(rows, report);
        }
    }

    private static List<Row> rows(CPrograms programs, Cleanup cleanup) throws Exception {
        Optional<ControlGroups> v1 = groups(Hierarchy.V1, cleanup);
        Optional<ControlGroups> v2 = groups(Hierarchy.V2, cleanup);
        // added last, ended first: groups with processes in them cannot be removed
        LookAlikes guests = cleanup.add(new LookAlikes(programs));
        List<Row> rows = new ArrayList<>();
        if (v1.isPresent()) {
            LookAlike guest = guests.startOne(2);
            Path group = v1.get().place(guest);
            rows.add(Row.of("total, v1", Reading.TOTAL, guest, FloorReads.total(Hierarchy.V1, guest, group), true));
            rows.add(Row.of("per CPU, v1, 2 vCPUs", Reading.PER_CPU, guest, FloorReads.perCpu(guest, group), true));
        } else {
            rows.add(Row.notHere("total, v1", Reading.TOTAL));
            rows.add(Row.notHere("per CPU, v1, 2 vCPUs", Reading.PER_CPU));
        }
        if (v2.isPresent()) {
            LookAlike guest = guests.startOne(2);
            Path group = v2.get().place(guest);
            rows.add(Row.of("total, v2", Reading.TOTAL, guest, FloorReads.total(Hierarchy.V2, guest, group), true));
        } else {
            rows.add(Row.notHere("total, v2", Reading.TOTAL));
        }
        LookAlike shared = guests.startOne(1);
        rows.add(Row.of("total, shared group", Reading.TOTAL, shared, FloorReads.sharedTotal(shared), false));
        rows.add(Row.of("vCPUs, one", Reading.VCPUS, shared, FloorReads.vcpus(shared), false));
        return rows;
    }

    private static Optional<ControlGroups> groups(Hierarchy hierarchy, Cleanup cleanup) throws Exception {
        return hierarchy.mountPoint().isEmpty()
                ? Optional.empty()
                : Optional.of(cleanup.add(new ControlGroups(hierarchy)));
    }

    /** Tries it once, here: JMH would only say that a fork has failed. */
    private static boolean isSupported(Row row) {
        try (NativeBenchmark benchmark = new NativeBenchmark()) {
            benchmark.guest = row.guestName();
            benchmark.open();
            return row.reading().isAnsweredBy(benchmark);
        } catch (HypervisorException refused) {
            if (NOT_SUPPORTED.contains(refused.code())) {
                return false;
            }
            throw refused;
        }
    }

    private static void measure(Row row) throws RunnerException {
        JmhRun.of(NativeBenchmark.class, row.reading().method)
                .ofMicroseconds()
                .param("guest", row.guestName())
                .addTo(row.java());
    }

    private static void print(List<Row> rows, Report report) {
        report.heading(
                "native, one domain",
                "time",
                "(least - most)",
                "in C",
                "(least - most)",
                "ratio",
                "C, threads",
                "B/op",
                "bar");
        for (Row row : rows) {
            boolean measured = !row.java().isEmpty();
            report.line(
                    row.hasBar() ? MOST_TIMES_C + " x C, 0 B" : "",
                    row.verdict(),
                    row.name(),
                    measured ? Unit.NANOS.median(row.java()) : row.isHere() ? "not supported" : "not mounted",
                    Unit.NANOS.spread(row.java()),
                    Unit.NANOS.median(row.floor()),
                    Unit.NANOS.spread(row.floor()),
                    measured ? String.format("%.2f", row.timesC()) : "",
                    Unit.NANOS.median(row.floorBesideAThread()),
                    measured ? String.format("%.3f", row.java().mostBytes()) : "");
        }
        report.printTable();
    }
}
