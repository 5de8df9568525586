package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Columns hold for each domain what was read of it. */
class SnapshotTest {
    private final SnapshotBuilder builder = new SnapshotBuilder();

    private void domain(long number) {
        builder.domain(new DomainRun(new UUID(0, number), 1, "d", Instant.EPOCH, number), DomainState.RUNNING, 0);
    }

    private Snapshot build() {
        return builder.build(0, Instant.EPOCH, "test", Reading.of(4));
    }

    @Test
    void domainsOfAsManyButOtherCpusKeepTheirOwn() {
        domain(1);
        builder.value(Statistic.HOST_CPU_TIME, 0, 10).value(Statistic.HOST_CPU_TIME, 1, 11);
        domain(2);
        builder.value(Statistic.HOST_CPU_TIME, 3, 23).value(Statistic.HOST_CPU_TIME, 1, 21);
        Snapshot snapshot = build();
        assertEquals(Reading.of(11), snapshot.domain(0).nanos(Statistic.HOST_CPU_TIME, 1));
        assertEquals(Reading.of(21), snapshot.domain(1).nanos(Statistic.HOST_CPU_TIME, 1));
        assertEquals(Reading.of(23), snapshot.domain(1).nanos(Statistic.HOST_CPU_TIME, 3));
        assertFalse(snapshot.domain(1).nanos(Statistic.HOST_CPU_TIME, 0).isAvailable());
        assertEquals(3, snapshot.domain(1).index(Statistic.HOST_CPU_TIME, 1));
    }

    @Test
    void aBuilderThatIsUsedAgainLeavesEarlierSnapshotsAlone() {
        domain(1);
        builder.value(Statistic.CPU_TIME, 0, 10).stale("why");
        Snapshot first = build();
        domain(2);
        builder.value(Statistic.CPU_TIME, 0, 20);
        Snapshot second = build();
        assertEquals(Reading.of(10), first.domain(0).totalNanos());
        assertEquals("why", first.domain(0).staleReason().orElseThrow());
        assertEquals(Reading.of(20), second.domain(0).totalNanos());
        assertFalse(second.domain(0).isStale());
    }

    @Test
    void aReasonIsOfItsOwnVcpuUnlessItIsOfAll() {
        domain(1);
        builder.unavailable(Statistic.VCPU_TIME, 2, "its thread has ended")
                .unavailable(Statistic.VCPU_DELAY, 0, "the kernel counts none");
        DomainSample domain = build().domain(0);
        assertEquals(
                "its thread has ended",
                domain.nanos(Statistic.VCPU_TIME, 2).reason().orElseThrow());
        assertEquals(
                "the driver gives no vcpu.time of index 3",
                domain.nanos(Statistic.VCPU_TIME, 3).reason().orElseThrow());
        assertEquals(
                "the kernel counts none",
                domain.nanos(Statistic.VCPU_DELAY, 3).reason().orElseThrow());
    }

    @Test
    void vcpusAreCountedWithThoseThatCouldNotBeReadAndEachOnce() {
        domain(1);
        builder.value(Statistic.VCPU_TIME, 0, 10)
                .value(Statistic.VCPU_TIME, 1, 10)
                .unavailable(Statistic.VCPU_TIME, 0, "of all of them")
                .unavailable(Statistic.VCPU_TIME, 2, "its thread has ended");
        assertEquals(Reading.of(3), build().domain(0).vcpuCount());
    }
}
