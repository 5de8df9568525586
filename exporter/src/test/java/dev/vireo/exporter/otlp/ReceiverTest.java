package dev.vireo.exporter.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.CpuStatsOrigin.Since;
import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotBuilder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReceiverTest {
    private static final Instant ZERO = Instant.parse("2026-11-26T12:00:00Z");
    private static final DomainRun WEB = new DomainRun(new UUID(1, 2), 7, "web", ZERO, 1);

    private final Receiver receiver = new Receiver();

    private static SnapshotBuilder web(int readAtSecond) {
        return new SnapshotBuilder().domain(WEB, DomainState.RUNNING, TimeUnit.SECONDS.toNanos(readAtSecond));
    }

    private static Snapshot at(int second, SnapshotBuilder builder) {
        return builder.build(TimeUnit.SECONDS.toNanos(second), ZERO.plusSeconds(second), "test", Reading.of(2));
    }

    private List<PushedDomain> accept(Snapshot snapshot) {
        List<PushedDomain> news = receiver.news(snapshot);
        receiver.accept(news);
        return news;
    }

    private Instant start(StatsGroup group, Snapshot snapshot) {
        return OtlpScene.time(accept(snapshot).get(0).start(group));
    }

    private void acceptVcpus(UnaryOperator<SnapshotBuilder> vcpus) {
        accept(at(1, vcpus.apply(web(1)).value(Statistic.CPU_TIME, 0, 1)));
    }

    private void assertStarts(int totals, int vcpus, SnapshotBuilder secondReading) {
        PushedDomain web =
                accept(at(2, secondReading.value(Statistic.CPU_TIME, 0, 2))).get(0);
        assertEquals(ZERO.plusSeconds(totals), OtlpScene.time(web.start(StatsGroup.CPU_TOTAL)));
        assertEquals(ZERO.plusSeconds(vcpus), OtlpScene.time(web.start(StatsGroup.VCPU)));
    }

    @Test
    void countersThatOnlyGrowGoOn() {
        acceptVcpus(web -> web.value(Statistic.VCPU_TIME, 0, 5).value(Statistic.VCPU_TIME, 3, Long.MAX_VALUE));
        assertStarts(1, 1, web(2).value(Statistic.VCPU_TIME, 0, 5).value(Statistic.VCPU_TIME, 3, Long.MIN_VALUE));
    }

    @Test
    void aCounterThatWentBackStartsItsGroupAnew() {
        acceptVcpus(web -> web.value(Statistic.VCPU_TIME, 0, 5).value(Statistic.VCPU_DELAY, 0, 9));
        assertStarts(1, 2, web(2).value(Statistic.VCPU_TIME, 0, 6).value(Statistic.VCPU_DELAY, 0, 8));
    }

    @Test
    void aVcpuThatCameStartsItsGroupAnew() {
        acceptVcpus(web -> web.value(Statistic.VCPU_TIME, 0, 5).value(Statistic.VCPU_TIME, 2, 5));
        assertStarts(
                1,
                2,
                web(2).value(Statistic.VCPU_TIME, 0, 6)
                        .value(Statistic.VCPU_TIME, 1, 6)
                        .value(Statistic.VCPU_TIME, 2, 6));
    }

    @Test
    void aVcpuThatWentLeavesTheOthersAsTheyAre() {
        acceptVcpus(web -> web.value(Statistic.VCPU_TIME, 0, 5).value(Statistic.VCPU_TIME, 1, 5));
        assertStarts(1, 1, web(2).value(Statistic.VCPU_TIME, 1, 6));
    }

    @Test
    void aSourceThatTellsWhenItBeganIsBelieved() {
        CpuStatsOrigin attached = CpuStatsOrigin.from("sched-events")
                .since(Since.ATTACHED, ZERO.minusSeconds(90))
                .build();
        Snapshot snapshot = at(1, web(1).value(Statistic.HOST_CPU_TIME, 0, 5).origin(StatsGroup.HOST_CPU, attached));
        assertEquals(ZERO.minusSeconds(90), start(StatsGroup.HOST_CPU, snapshot));
    }

    @Test
    void noStartIsAfterItsPoint() {
        CpuStatsOrigin attached = CpuStatsOrigin.from("sched-events")
                .since(Since.ATTACHED, ZERO.plusSeconds(90))
                .build();
        Snapshot snapshot = at(1, web(1).value(Statistic.HOST_CPU_TIME, 0, 5).origin(StatsGroup.HOST_CPU, attached));
        assertEquals(ZERO.plusSeconds(1), start(StatsGroup.HOST_CPU, snapshot));
    }

    @Test
    void aDomainThatCouldNotBeReadIsNoNewsAndGoesOnWhenItCan() {
        accept(at(1, web(1).value(Statistic.CPU_TIME, 0, 5)));
        assertEquals(
                List.of(), accept(at(2, web(1).value(Statistic.CPU_TIME, 0, 5).stale("it hangs"))));
        Snapshot snapshot = at(3, web(3).value(Statistic.CPU_TIME, 0, 7));
        assertEquals(ZERO.plusSeconds(1), start(StatsGroup.CPU_TOTAL, snapshot));
    }

    @Test
    void aPointIsDatedWhenItsDomainWasReadHoweverLateThatIsTold() {
        PushedDomain web = accept(at(9, web(4).value(Statistic.CPU_TIME, 0, 5).stale("it hangs")))
                .get(0);
        assertEquals(ZERO.plusSeconds(4), OtlpScene.time(web.time(StatsGroup.CPU_TOTAL)));
    }

    @Test
    void eachGroupsPointsAreDatedWhenThatGroupWasRead() {
        SnapshotBuilder reading = web(2).readBetween(StatsGroup.HOST_CPU, second(3), second(5))
                .value(Statistic.CPU_TIME, 0, 5)
                .value(Statistic.HOST_CPU_TIME, 0, 5);
        PushedDomain web = accept(at(6, reading)).get(0);
        assertEquals(ZERO.plusSeconds(2), OtlpScene.time(web.time(StatsGroup.CPU_TOTAL)));
        assertEquals(ZERO.plusSeconds(4), OtlpScene.time(web.time(StatsGroup.HOST_CPU)));
        assertEquals(ZERO.plusSeconds(4), OtlpScene.time(web.start(StatsGroup.HOST_CPU)));
    }

    private static long second(int second) {
        return TimeUnit.SECONDS.toNanos(second);
    }

    @Test
    void aDomainWhosePointsGetOtherAttributesBeginsAnew() {
        DomainRun twin = new DomainRun(WEB.uuid(), 8, "twin", ZERO, 2);
        accept(at(1, web(1).value(Statistic.CPU_TIME, 0, 5)));
        SnapshotBuilder both = web(2).value(Statistic.CPU_TIME, 0, 6)
                .domain(twin, DomainState.RUNNING, second(2))
                .value(Statistic.CPU_TIME, 0, 1);
        assertEquals(ZERO.plusSeconds(2), start(StatsGroup.CPU_TOTAL, at(2, both)));
        SnapshotBuilder later = web(3).value(Statistic.CPU_TIME, 0, 7)
                .domain(twin, DomainState.RUNNING, second(3))
                .value(Statistic.CPU_TIME, 0, 2);
        assertEquals(ZERO.plusSeconds(2), start(StatsGroup.CPU_TOTAL, at(3, later)));
        Snapshot alone = at(4, web(4).value(Statistic.CPU_TIME, 0, 8));
        assertEquals(ZERO.plusSeconds(4), start(StatsGroup.CPU_TOTAL, alone));
    }

    @Test
    void aDomainThatWasGoneForASampleBeginsAnew() {
        accept(at(1, web(1).value(Statistic.CPU_TIME, 0, 5)));
        assertTrue(accept(at(2, new SnapshotBuilder())).isEmpty());
        Snapshot snapshot = at(3, web(3).value(Statistic.CPU_TIME, 0, 7));
        assertEquals(ZERO.plusSeconds(3), start(StatsGroup.CPU_TOTAL, snapshot));
    }
}
