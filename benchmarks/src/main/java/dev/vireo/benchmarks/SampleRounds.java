package dev.vireo.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.vireo.Connection;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Rates;
import dev.vireo.monitor.Sampler;
import dev.vireo.monitor.Snapshot;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Samples a number of native guests over and over. */
final class SampleRounds {
    static final int GUESTS = 1_000;
    static final int VCPUS = 2;

    private static final int WARM_UP_SAMPLES = 100;
    private static final int SAMPLES_A_ROUND = 20;
    private static final int KEPT = 200;
    /** As {@code vireo top} does: all that is read again once a second is read then. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A busy machine is measured too: what takes too long stands in the figures. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    final Samples sample = new Samples();
    final Samples sampleAfterPause = new Samples();
    final Samples bulkRead = new Samples();
    final Samples rates = new Samples();
    private final Totals totals = new Totals();
    private final Set<StatsGroup> groups = EnumSet.allOf(StatsGroup.class);
    private double snapshotBytes;
    private String problem = "";

    private SampleRounds() {}

    static SampleRounds measure(Hierarchy hierarchy) throws Exception {
        SampleRounds rounds = new SampleRounds();
        try (Cleanup cleanup = new Cleanup()) {
            CPrograms programs = cleanup.add(new CPrograms());
            ControlGroups controlGroups = cleanup.add(new ControlGroups(hierarchy));
            // added last, ended first: groups with processes in them cannot be removed
            LookAlikes lookAlikes = cleanup.add(new LookAlikes(programs));
            for (LookAlike guest : lookAlikes.start(GUESTS, VCPUS)) {
                controlGroups.place(guest);
            }
            try (Connection connection = Connection.open(NativeBenchmark.URI);
                    Sampler sampler =
                            Sampler.over(connection).deadline(PATIENCE).build()) {
                rounds.measure(connection, sampler, hierarchy);
            }
        }
        return rounds;
    }

    /** How much memory a domain takes in a snapshot that is kept. */
    double snapshotBytes() {
        return snapshotBytes;
    }

    /** How much more a sample allocates than it keeps, for each domain. */
    double garbageBytes() {
        return Math.max(0, sample.medianBytes() / GUESTS - snapshotBytes);
    }

    /** The same of a sample for which the driver has looked again where its guests are, as it does once a second. */
    double garbageBytesAfterPause() {
        return Math.max(0, sampleAfterPause.medianBytes() / GUESTS - snapshotBytes);
    }

    /** Why the samples do not count, empty if they do. */
    String problem() {
        return problem;
    }

    private void measure(Connection connection, Sampler sampler, Hierarchy hierarchy) throws InterruptedException {
        for (int i = 0; i < WARM_UP_SAMPLES; i++) {
            sampler.sample();
            measureBulkRead(connection);
        }
        bulkRead.clear();
        LockSupport.parkNanos(SweepRounds.SETTLED_NANOS);
        for (int round = 0; round < Rounds.ROUNDS; round++) {
            sampler.sample(); // whatever a second has made old is new again
            for (int i = 0; i < SAMPLES_A_ROUND; i++) {
                measure(sampler, sample);
                measureBulkRead(connection);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            measure(sampler, sampleAfterPause);
        }
        measureRates(sampler.sample(), sampler.sample());
        problem = incompleteness(sampler.sample(), hierarchy);
        snapshotBytes = keptBytes(sampler) / GUESTS;
    }

    private static void measure(Sampler sampler, Samples samples) throws InterruptedException {
        long bytes = allocated();
        long start = System.nanoTime();
        sampler.sample();
        long end = System.nanoTime();
        samples.add((double) (end - start), (double) (allocated() - bytes));
    }

    /** What the driver takes of a sample. */
    private void measureBulkRead(Connection connection) {
        totals.clear();
        long start = System.nanoTime();
        connection.getAllDomainStats(groups, totals, 0);
        bulkRead.add((double) (System.nanoTime() - start));
    }

    private void measureRates(Snapshot earlier, Snapshot later) {
        for (int i = 0; i < WARM_UP_SAMPLES; i++) {
            long start = System.nanoTime();
            double total = Rates.between(earlier, later).domains().stream()
                    .mapToDouble(domain -> domain.total().value())
                    .sum();
            long end = System.nanoTime();
            if (total >= 0 && i >= WARM_UP_SAMPLES / 2) {
                rates.add((double) (end - start), 0);
            }
        }
    }

    private static double keptBytes(Sampler sampler) throws InterruptedException {
        List<Snapshot> kept = new ArrayList<>(KEPT);
        long before = used();
        for (int i = 0; i < KEPT; i++) {
            kept.add(sampler.sample());
        }
        long after = used();
        return (double) (after - before) / kept.size();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Of all threads: a sampler reads on one of its own. */
    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    /** A sample that leaves out guests or numbers would be a fast one. */
    private static String incompleteness(Snapshot snapshot, Hierarchy hierarchy) {
        int complete = 0;
        String lacking = "";
        for (DomainSample domain : snapshot.domains()) {
            boolean hasHostCpus = domain.count(Statistic.HOST_CPU_VCPU_TIME) > 0 || hierarchy != Hierarchy.V1;
            boolean isComplete = !domain.isStale()
                    && domain.systemNanos().isAvailable()
                    && domain.count(Statistic.VCPU_DELAY) == VCPUS
                    && hasHostCpus;
            complete += isComplete ? 1 : 0;
            lacking = isComplete ? lacking : domain.toString();
        }
        return complete >= GUESTS ? "" : "only " + complete + " guests had all their numbers; not " + lacking;
    }
}
