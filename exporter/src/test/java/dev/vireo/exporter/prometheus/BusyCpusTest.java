package dev.vireo.exporter.prometheus;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotBuilder;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BusyCpusTest {
    private static final DomainRun WEB = new DomainRun(new UUID(1, 2), 7, "web", Instant.EPOCH, 1);

    private final BusyCpus busy = new BusyCpus();

    /** The times per CPU are read some time after the others. */
    private static Snapshot snapshot(int second, int cpusReadAfter, long nanosOfCpu0) {
        long readAt = TimeUnit.SECONDS.toNanos(second);
        long cpusReadAt = readAt + TimeUnit.SECONDS.toNanos(cpusReadAfter);
        return new SnapshotBuilder()
                .domain(WEB, DomainState.RUNNING, readAt)
                .readBetween(StatsGroup.HOST_CPU, cpusReadAt, cpusReadAt)
                .value(Statistic.HOST_CPU_TIME, 0, nanosOfCpu0)
                .build(cpusReadAt, Instant.EPOCH, "test", Reading.of(2));
    }

    @Test
    void whatACpuDidIsComparedWithTheTimeBetweenItsOwnReadings() {
        busy.sampled(snapshot(0, 0, 0));
        busy.sampled(snapshot(5, 5, 60_000_000));
        assertFalse(busy.isBusy(WEB, 0), "60 ms of 10 s, though more than a hundredth of 5 s");
        busy.sampled(snapshot(14, 1, 110_000_000));
        assertTrue(busy.isBusy(WEB, 0), "50 ms of 5 s, though less than a hundredth of 9 s");
    }
}
