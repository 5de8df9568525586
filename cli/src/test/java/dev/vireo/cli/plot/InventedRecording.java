package dev.vireo.cli.plot;

import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.RecordingWriter;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** A recording of domains that are busy by chance, each in its own way; the same for the same numbers. */
final class InventedRecording {
    static final Instant BEGIN = Instant.parse("2026-11-26T12:00:00Z");
    private static final long SECOND = 1_000_000_000L;

    private final Random random = new Random(1);
    private final int cpus;
    private final DomainRun[] runs;
    private final double[] load;
    private final double[] middle;
    private final double[] waits;
    private final long[] total;
    private final long[] delay;
    private final long[][] onCpu;

    private InventedRecording(int domains, int cpus) {
        this.cpus = cpus;
        runs = new DomainRun[domains];
        load = new double[domains];
        middle = new double[domains];
        waits = new double[domains];
        total = new long[domains];
        delay = new long[domains];
        onCpu = new long[domains][cpus];
        for (int i = 0; i < domains; i++) {
            start(i, 1);
            middle[i] = Math.min(1.9, 0.03 + 0.3 * Math.pow(random.nextDouble(), 4) / random.nextDouble());
            load[i] = middle[i];
        }
    }

    private void start(int domain, int run) {
        runs[domain] = new DomainRun(new UUID(1, domain), domain + 1, "guest-" + domain, BEGIN, run * 1000L + domain);
    }

    /** Writes one; in its middle every tenth domain is away for a tenth of the time, and comes back as another run. */
    static void write(Path file, int domains, int cpus, int snapshots) throws IOException {
        InventedRecording recording = new InventedRecording(domains, cpus);
        try (RecordingWriter writer = RecordingWriter.open(file)) {
            for (int second = 0; second < snapshots; second++) {
                writer.append(recording.snapshot(second, snapshots));
            }
        }
    }

    private Snapshot snapshot(int second, int snapshots) {
        SnapshotBuilder builder = new SnapshotBuilder();
        for (int i = 0; i < runs.length; i++) {
            boolean isAway = i % 10 == 1 && second > snapshots * 0.5 && second < snapshots * 0.6;
            if (isAway) {
                start(i, 2);
                total[i] = 0;
            } else {
                advance(i);
                add(builder, i, second);
            }
        }
        return builder.build(second * SECOND, BEGIN.plusSeconds(second), "test", Reading.of(cpus));
    }

    private void advance(int domain) {
        load[domain] += 0.1 * (middle[domain] - load[domain]) + 0.05 * random.nextGaussian();
        load[domain] = Math.max(0, Math.min(2, load[domain]));
        long nanos = (long) (load[domain] * SECOND);
        total[domain] += nanos;
        waits[domain] = Math.max(0, Math.min(0.5, waits[domain] + 0.01 * random.nextGaussian()));
        delay[domain] += (long) (nanos * waits[domain]);
        int cpu = (domain + random.nextInt(4)) % cpus;
        onCpu[domain][cpu] += nanos / 2;
        onCpu[domain][(cpu + 1 + random.nextInt(cpus - 1)) % cpus] += nanos / 2;
    }

    private void add(SnapshotBuilder builder, int domain, int second) {
        builder.domain(runs[domain], DomainState.RUNNING, second * SECOND)
                .value(Statistic.CPU_TIME, 0, total[domain])
                .value(Statistic.VCPU_TIME, 0, total[domain])
                .value(Statistic.VCPU_DELAY, 0, delay[domain]);
        for (int cpu = 0; cpu < cpus; cpu++) {
            builder.value(Statistic.HOST_CPU_TIME, cpu, onCpu[domain][cpu]);
        }
    }
}
