package dev.vireo.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.vireo.Connection;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Finds and sweeps a number of guests over and over, interleaved with the same reads in C. */
final class SweepRounds {
    private static final int WARM_UP_PASSES = 10;
    // few guests make short passes, and the compiler counts passes
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int PASSES_A_ROUND = 8;
    // the driver asks a guest's place again when a second has passed
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_100);
    /** For ten seconds after guests were found the driver looks more often whether their managers have moved them. */
    static final long SETTLED_NANOS = 10_000_000_000L;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int guests;
    private final Hierarchy hierarchy;
    private final Totals totals = new Totals();
    private final Set<StatsGroup> groups = EnumSet.allOf(StatsGroup.class);
    private String problem = "";

    final Samples firstFinding = new Samples();
    final Samples finding = new Samples();
    final Samples findingAfterPause = new Samples();
    final Samples firstSweep = new Samples();
    final Samples sweep = new Samples();
    final Samples sweepAfterPause = new Samples();
    final Samples floor = new Samples();

    private SweepRounds(int guests, Hierarchy hierarchy) {
        this.guests = guests;
        this.hierarchy = hierarchy;
    }

    static SweepRounds measure(int guests, Hierarchy hierarchy) throws Exception {
        SweepRounds rounds = new SweepRounds(guests, hierarchy);
        try (Cleanup cleanup = new Cleanup()) {
            CPrograms programs = cleanup.add(new CPrograms());
            CFloor floor = new CFloor(programs);
            ControlGroups controlGroups = cleanup.add(new ControlGroups(hierarchy));
            // added last, ended first: groups with processes in them cannot be removed
            LookAlikes lookAlikes = cleanup.add(new LookAlikes(programs));
            List<LookAlike> started = lookAlikes.start(guests, 1);
            List<Path> groups = new ArrayList<>();
            for (LookAlike guest : started) {
                groups.add(controlGroups.place(guest));
            }
            List<String> reads = FloorReads.everything(hierarchy, started, groups);
            try (Connection connection = Connection.open(NativeBenchmark.URI)) {
                rounds.measure(connection, floor, reads);
            }
        }
        return rounds;
    }

    int guests() {
        return guests;
    }

    Hierarchy hierarchy() {
        return hierarchy;
    }

    /** Why the sweeps do not count, empty if they do. */
    String problem() {
        return problem;
    }

    private void measure(Connection connection, CFloor cFloor, List<String> reads) throws IOException {
        Runnable find = () -> find(connection);
        Runnable read = () -> {
            totals.clear();
            connection.getAllDomainStats(groups, totals, 0);
        };
        boolean sweeps = connection.supports(Operation.CONNECT_GET_ALL_DOMAIN_STATS);
        pass(find, firstFinding);
        if (sweeps) {
            pass(read, firstSweep);
        }
        warmUp(find);
        if (sweeps) {
            warmUp(read);
        }
        LockSupport.parkNanos(SETTLED_NANOS);
        for (int round = 0; round < Rounds.ROUNDS; round++) {
            floor.add(cFloor.measure(reads));
            measure(find, finding, findingAfterPause);
            if (sweeps) {
                measure(read, sweep, sweepAfterPause);
                problem = problem.isEmpty() ? incompleteness() : problem;
            }
        }
    }

    private static void warmUp(Runnable pass) {
        long start = System.nanoTime();
        for (int i = 0; i < WARM_UP_PASSES || System.nanoTime() - start < WARM_UP_NANOS; i++) {
            pass.run();
        }
    }

    private static void measure(Runnable pass, Samples backToBack, Samples afterPause) {
        pass.run(); // whatever a second has made old is new again
        for (int i = 0; i < PASSES_A_ROUND; i++) {
            pass(pass, backToBack);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
        pass(pass, afterPause);
    }

    private static void pass(Runnable pass, Samples samples) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        pass.run();
        long end = System.nanoTime();
        samples.add((double) (end - start), (double) (THREADS.getCurrentThreadAllocatedBytes() - bytes));
    }

    private void find(Connection connection) {
        int found = connection.listDomains().size();
        if (found < guests) {
            throw new IllegalStateException("only " + found + " of " + guests + " guests were found");
        }
    }

    /** A sweep that leaves out guests or numbers would be a fast one. */
    private String incompleteness() {
        List<Statistic> expected = new ArrayList<>(List.of(
                Statistic.CPU_TIME,
                Statistic.CPU_USER,
                Statistic.CPU_SYSTEM,
                Statistic.VCPU_TIME,
                Statistic.VCPU_DELAY));
        if (hierarchy == Hierarchy.V1) {
            expected.add(Statistic.HOST_CPU_TIME);
            expected.add(Statistic.HOST_CPU_VCPU_TIME);
        }
        for (Statistic statistic : expected) {
            if (totals.count(statistic) < guests) {
                String reason = totals.reason(statistic);
                return statistic.statName() + " of " + totals.count(statistic) + " of " + guests + " guests only"
                        + (reason.isEmpty() ? "" : ", because " + reason);
            }
        }
        return "";
    }
}
