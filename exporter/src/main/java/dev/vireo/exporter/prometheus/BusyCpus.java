package dev.vireo.exporter.prometheus;

import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.exporter.FeedListener;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Snapshot;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which host CPUs each domain uses. One that it used stays for a while, so that its series does not come and go with
 * each pause. Thread-safe.
 */
final class BusyCpus implements FeedListener {
    private static final int BUSY_PART = 100;
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long NEVER = Long.MIN_VALUE;

    private static final class Use {
        long readAt;
        long[] nanos = {};
        long[] busyAt = {};
    }

    private IdentityHashMap<DomainRun, Use> uses = new IdentityHashMap<>();

    @Override
    public synchronized void sampled(Snapshot snapshot) {
        IdentityHashMap<DomainRun, Use> next = new IdentityHashMap<>();
        for (DomainSample domain : snapshot.domains()) {
            Use use = uses.get(domain.run());
            next.put(domain.run(), use == null ? first(domain) : use);
            if (use != null && domain.readAtNanos(StatsGroup.HOST_CPU) - use.readAt > 0) {
                update(use, domain);
            }
        }
        uses = next;
    }

    private static Use first(DomainSample domain) {
        Use use = new Use();
        use.readAt = domain.readAtNanos(StatsGroup.HOST_CPU);
        for (int position = 0; position < domain.count(Statistic.HOST_CPU_TIME); position++) {
            makeRoom(use, domain.index(Statistic.HOST_CPU_TIME, position));
            use.nanos[domain.index(Statistic.HOST_CPU_TIME, position)] =
                    domain.nanosAt(Statistic.HOST_CPU_TIME, position);
        }
        return use;
    }

    private static void update(Use use, DomainSample domain) {
        long least = (domain.readAtNanos(StatsGroup.HOST_CPU) - use.readAt) / BUSY_PART;
        use.readAt = domain.readAtNanos(StatsGroup.HOST_CPU);
        for (int position = 0; position < domain.count(Statistic.HOST_CPU_TIME); position++) {
            int cpu = domain.index(Statistic.HOST_CPU_TIME, position);
            makeRoom(use, cpu);
            long nanos = domain.nanosAt(Statistic.HOST_CPU_TIME, position);
            if (nanos - use.nanos[cpu] >= least) {
                use.busyAt[cpu] = domain.readAtNanos(StatsGroup.HOST_CPU);
            }
            use.nanos[cpu] = nanos;
        }
    }

    private static void makeRoom(Use use, int cpu) {
        int size = use.nanos.length;
        if (cpu >= size) {
            use.nanos = Arrays.copyOf(use.nanos, cpu + 1);
            use.busyAt = Arrays.copyOf(use.busyAt, cpu + 1);
            Arrays.fill(use.busyAt, size, cpu + 1, NEVER);
        }
    }

    synchronized boolean isBusy(DomainRun run, int cpu) {
        @Nullable Use use = uses.get(run);
        return use != null
                && cpu < use.busyAt.length
                && use.busyAt[cpu] != NEVER
                && use.readAt - use.busyAt[cpu] <= KEPT_NANOS;
    }
}
