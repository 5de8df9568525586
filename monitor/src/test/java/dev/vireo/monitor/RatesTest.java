package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.driver.test.DomainConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When there is a rate, and when there is none yet. */
class RatesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final DomainRun RUN = run(1);

    private static DomainRun run(long number) {
        return new DomainRun(new UUID(1, 1), 7, "a", Instant.EPOCH, number);
    }

    /** A domain that was read at a time. */
    private static SnapshotBuilder at(long nanos) {
        return new SnapshotBuilder().domain(RUN, DomainState.RUNNING, nanos);
    }

    private static DomainRates between(SnapshotBuilder earlier, SnapshotBuilder later) {
        return Rates.between(build(earlier, 1), build(later, 2)).domain(0);
    }

    private static Snapshot build(SnapshotBuilder snapshot, int number) {
        return snapshot.build(number * 100L * SECOND, Instant.EPOCH, "test", Reading.of(8));
    }

    private static void assertNone(String reason, Rate rate) {
        assertFalse(rate.isKnown(), rate::toString);
        assertTrue(rate.reason().orElseThrow().contains(reason), rate::toString);
    }

    @Test
    void aRateIsTheDifferenceOverTheTimeBetweenTheDomainsOwnReadings() {
        DomainRates rates = between(
                at(SECOND).value(Statistic.CPU_TIME, 0, 5 * SECOND),
                at(5 * SECOND).value(Statistic.CPU_TIME, 0, 7 * SECOND));
        assertEquals(Rate.of(0.5), rates.total());
        assertEquals(Duration.ofSeconds(4), rates.interval().orElseThrow());
    }

    @Test
    void eachGroupHasTheTimeOfItsOwnReadings() {
        DomainRates rates = between(
                at(0).value(Statistic.CPU_TIME, 0, 0)
                        .value(Statistic.VCPU_TIME, 0, 0)
                        .value(Statistic.HOST_CPU_TIME, 0, 0),
                at(SECOND)
                        .readBetween(StatsGroup.VCPU, 2 * SECOND, 2 * SECOND)
                        .readBetween(StatsGroup.HOST_CPU, 4 * SECOND, 4 * SECOND)
                        .value(Statistic.CPU_TIME, 0, SECOND)
                        .value(Statistic.VCPU_TIME, 0, 2 * SECOND)
                        .value(Statistic.HOST_CPU_TIME, 0, 4 * SECOND));
        assertEquals(Rate.of(1), rates.total());
        assertEquals(Rate.of(1), rates.vcpu(0));
        assertEquals(Rate.of(1), rates.hostCpu(0));
        assertEquals(Duration.ofSeconds(1), rates.interval().orElseThrow());
        assertEquals(Duration.ofSeconds(4), rates.interval(StatsGroup.HOST_CPU).orElseThrow());
        assertNone("different times: 1.0 s and 2.0 s", rates.overhead());
    }

    @Test
    void aReadingThatTookMostOfTheIntervalGivesNoRateOfItsGroupAlone() {
        DomainRates rates = between(
                at(0).value(Statistic.CPU_TIME, 0, 0).value(Statistic.VCPU_TIME, 0, 0),
                at(SECOND)
                        .readBetween(StatsGroup.VCPU, SECOND, SECOND + 800_000_000)
                        .value(Statistic.CPU_TIME, 0, SECOND)
                        .value(Statistic.VCPU_TIME, 0, 1_800_000_000L));
        assertEquals(Rate.of(1), rates.total());
        assertNone("reading took 0.8 s, which is too long for a rate over 1.4 s", rates.vcpu(0));
        assertTrue(rates.interval(StatsGroup.VCPU).isEmpty());
    }

    @Test
    void aReadingThatTookSomeOfTheIntervalIsDatedToItsMiddle() {
        DomainRates rates = between(
                at(0).value(Statistic.CPU_TIME, 0, 0),
                at(SECOND)
                        .readBetween(StatsGroup.CPU_TOTAL, SECOND, SECOND + SECOND / 4)
                        .value(Statistic.CPU_TIME, 0, 9 * SECOND / 8));
        assertEquals(Rate.of(1), rates.total());
        assertEquals(Duration.ofMillis(250), rates.sample().readingTook(StatsGroup.CPU_TOTAL));
    }

    @Test
    void theIntervalIsMeasuredByTheMonotonicClockWhateverTheOneOnTheWallDoes() {
        Snapshot earlier = at(0).value(Statistic.CPU_TIME, 0, 0).build(0, Instant.EPOCH, "test", Reading.of(8));
        Snapshot later = at(2 * SECOND)
                .value(Statistic.CPU_TIME, 0, SECOND)
                .build(2 * SECOND, Instant.EPOCH.minusSeconds(3600), "test", Reading.of(8));
        assertEquals(Rate.of(0.5), Rates.between(earlier, later).domain(0).total());
        assertEquals(Duration.ofSeconds(2), Rates.between(earlier, later).interval());
    }

    @Test
    void countersAreUnsigned() {
        DomainRates rates = between(
                at(0).value(Statistic.CPU_TIME, 0, Long.MAX_VALUE),
                at(SECOND).value(Statistic.CPU_TIME, 0, Long.MAX_VALUE + SECOND));
        assertEquals(Rate.of(1), rates.total());
    }

    @Test
    void aCounterThatWentBackGivesNoRateAndTheOthersDo() {
        DomainRates rates = between(
                at(0).value(Statistic.CPU_TIME, 0, 5).value(Statistic.CPU_USER, 0, 3),
                at(SECOND).value(Statistic.CPU_TIME, 0, 4).value(Statistic.CPU_USER, 0, 3));
        assertNone("cpu.time went back", rates.total());
        assertEquals(Rate.of(0), rates.user());
    }

    @Test
    void aDomainThatWasRestartedGivesNoRate() {
        SnapshotBuilder later = new SnapshotBuilder()
                .domain(run(2), DomainState.RUNNING, SECOND)
                .value(Statistic.CPU_TIME, 0, 50 * SECOND);
        DomainRates rates = between(at(0).value(Statistic.CPU_TIME, 0, SECOND), later);
        assertNone("was restarted", rates.total());
        assertTrue(rates.interval().isEmpty());
    }

    @Test
    void aDomainThatIsNewGivesNoRate() {
        assertNone(
                "is new",
                between(new SnapshotBuilder(), at(SECOND).value(Statistic.CPU_TIME, 0, SECOND))
                        .total());
    }

    @Test
    void domainsAreFoundWhateverTheirRows() {
        DomainRun other = new DomainRun(new UUID(2, 2), 8, "b", Instant.EPOCH, 2);
        SnapshotBuilder earlier = at(0).value(Statistic.CPU_TIME, 0, 0)
                .domain(other, DomainState.RUNNING, 0)
                .value(Statistic.CPU_TIME, 0, 7 * SECOND);
        SnapshotBuilder later = new SnapshotBuilder()
                .domain(other, DomainState.RUNNING, SECOND)
                .value(Statistic.CPU_TIME, 0, 9 * SECOND)
                .domain(RUN, DomainState.RUNNING, SECOND)
                .value(Statistic.CPU_TIME, 0, SECOND);
        Rates rates = Rates.between(build(earlier, 1), build(later, 2));
        assertEquals(Rate.of(2), rates.find(new UUID(2, 2)).orElseThrow().total());
        assertEquals(Rate.of(1), rates.find(new UUID(1, 1)).orElseThrow().total());
    }

    @Test
    void aDomainThatIsOrWasStaleGivesNoRate() {
        assertNone(
                "is stale: it hangs",
                between(
                                at(0).value(Statistic.CPU_TIME, 0, 0),
                                at(0).value(Statistic.CPU_TIME, 0, 0).stale("it hangs"))
                        .total());
        assertNone(
                "was stale: it hung",
                between(
                                at(0).value(Statistic.CPU_TIME, 0, 0).stale("it hung"),
                                at(SECOND).value(Statistic.CPU_TIME, 0, SECOND))
                        .total());
    }

    @Test
    void noTimeGivesNoRate() {
        SnapshotBuilder earlier = at(SECOND).value(Statistic.CPU_TIME, 0, 0);
        assertNone(
                "no time has passed",
                between(earlier, at(SECOND).value(Statistic.CPU_TIME, 0, SECOND))
                        .total());
        assertNone(
                "no time has passed",
                between(at(SECOND).value(Statistic.CPU_TIME, 0, 0), at(0).value(Statistic.CPU_TIME, 0, 1))
                        .total());
    }

    @Test
    void aGenerationThatChangedGivesNoRateOfItsGroupAlone() {
        CpuStatsOrigin first = CpuStatsOrigin.from("cpu.stat").generation(1).build();
        CpuStatsOrigin second = CpuStatsOrigin.from("cpu.stat").generation(2).build();
        DomainRates rates = between(
                at(0).origin(StatsGroup.CPU_TOTAL, first)
                        .value(Statistic.CPU_TIME, 0, 0)
                        .value(Statistic.HOST_CPU_TIME, 1, 0),
                at(SECOND)
                        .origin(StatsGroup.CPU_TOTAL, second)
                        .value(Statistic.CPU_TIME, 0, 90 * SECOND)
                        .value(Statistic.HOST_CPU_TIME, 1, SECOND));
        assertNone("cpu.stat started to count again", rates.total());
        assertEquals(Rate.of(1), rates.hostCpu(1));
    }

    @Test
    void anotherSourceGivesNoRate() {
        DomainRates rates = between(
                at(0).origin(StatsGroup.CPU_TOTAL, CpuStatsOrigin.from("x").build())
                        .value(Statistic.CPU_TIME, 0, 0),
                at(SECOND)
                        .origin(StatsGroup.CPU_TOTAL, CpuStatsOrigin.from("y").build())
                        .value(Statistic.CPU_TIME, 0, SECOND));
        assertNone("the source changed from x to y", rates.total());
    }

    @Test
    void aCpuThatCameOrWentGivesNoRateAndTheOthersDo() {
        DomainRates rates = between(
                at(0).value(Statistic.HOST_CPU_TIME, 0, 0).value(Statistic.HOST_CPU_TIME, 1, 0),
                at(SECOND).value(Statistic.HOST_CPU_TIME, 0, SECOND).value(Statistic.HOST_CPU_TIME, 2, 60 * SECOND));
        assertEquals(Rate.of(1), rates.hostCpu(0));
        assertNone("index 1", rates.hostCpu(1));
        assertNone("to compare it with", rates.hostCpu(2));
    }

    @Test
    void aVcpuThatCameOrWentGivesNoSum() {
        DomainRates rates = between(
                at(0).value(Statistic.VCPU_TIME, 0, 0).value(Statistic.VCPU_DELAY, 0, 0),
                at(SECOND)
                        .value(Statistic.VCPU_TIME, 0, SECOND)
                        .value(Statistic.VCPU_TIME, 1, SECOND)
                        .value(Statistic.VCPU_DELAY, 0, SECOND));
        assertNone("not those of before", rates.vcpus());
        assertEquals(Rate.of(1), rates.vcpu(0));
        assertEquals(Rate.of(1), rates.steal());
    }

    @Test
    void aVcpuThatCannotBeReadMakesTheSumUnknown() {
        SnapshotBuilder earlier = at(0).value(Statistic.VCPU_TIME, 0, 0).unavailable(Statistic.VCPU_TIME, 1, "why");
        SnapshotBuilder later =
                at(SECOND).value(Statistic.VCPU_TIME, 0, SECOND).unavailable(Statistic.VCPU_TIME, 1, "why");
        DomainRates rates = between(earlier, later);
        assertNone("not all vCPUs could be read", rates.vcpus());
        assertEquals(Reading.of(2), rates.sample().vcpuCount());
    }

    @Test
    void whatIsMissingSaysWhy() {
        DomainRates rates = between(
                at(0).unavailable(Statistic.CPU_USER, 0, "of old"),
                at(SECOND).value(Statistic.CPU_USER, 0, 1).unavailable(Statistic.HOST_CPU_TIME, 0, "cgroup v2"));
        assertNone("of old", rates.user());
        assertNone("cgroup v2", rates.hostCpu(5));
        assertNone("the driver gives no vcpu.time", rates.vcpus());
    }

    @Test
    void theOverheadIsTheTotalLessTheVcpusAndNeverNegative() {
        SnapshotBuilder earlier = at(0).value(Statistic.CPU_TIME, 0, 0)
                .value(Statistic.VCPU_TIME, 0, 0)
                .value(Statistic.VCPU_TIME, 1, 0);
        SnapshotBuilder later = at(SECOND)
                .value(Statistic.CPU_TIME, 0, 2 * SECOND)
                .value(Statistic.VCPU_TIME, 0, SECOND)
                .value(Statistic.VCPU_TIME, 1, SECOND / 2);
        assertEquals(Rate.of(0.5), between(earlier, later).overhead());
        SnapshotBuilder nothingBefore = at(0).value(Statistic.CPU_TIME, 0, 0).value(Statistic.VCPU_TIME, 0, 0);
        SnapshotBuilder more = at(SECOND).value(Statistic.CPU_TIME, 0, 5).value(Statistic.VCPU_TIME, 0, 6);
        assertEquals(Rate.of(0), between(nothingBefore, more).overhead());
    }

    @Test
    void aPercentageIsOfItsDenominator() {
        DomainRates rates = between(
                at(0).value(Statistic.CPU_TIME, 0, 0)
                        .value(Statistic.VCPU_TIME, 0, 0)
                        .value(Statistic.VCPU_TIME, 1, 0),
                at(SECOND)
                        .value(Statistic.CPU_TIME, 0, SECOND)
                        .value(Statistic.VCPU_TIME, 0, 0)
                        .value(Statistic.VCPU_TIME, 1, 0));
        assertEquals(Rate.of(100), rates.percent(rates.total(), Denominator.ONE_CORE));
        assertEquals(Rate.of(50), rates.percent(rates.total(), Denominator.VCPUS));
        assertEquals(Rate.of(12.5), rates.percent(rates.total(), Denominator.HOST));
        assertEquals(Denominator.ONE_CORE, Denominator.DEFAULT);
    }

    @Test
    void aPercentageOfSomethingUnknownIsUnknown() {
        DomainRates rates = between(
                at(0).value(Statistic.CPU_TIME, 0, 0),
                at(SECOND).value(Statistic.CPU_TIME, 0, 1).unavailable(Statistic.VCPU_TIME, 0, "no threads"));
        assertNone("no threads", rates.percent(rates.total(), Denominator.VCPUS));
        assertNone("gives no cpu.user", rates.percent(rates.user(), Denominator.VCPUS));
    }

    @Test
    void samplesOfAPausedDomainGiveARateOfZero() throws Exception {
        try (Scene scene = Scene.of("a")) {
            scene.domain("a").pause();
            Snapshot earlier = scene.sample();
            Snapshot later = scene.sampleAfter(Duration.ofSeconds(1));
            assertEquals(Rate.of(0), Scene.rates(earlier, later, "a").total());
            assertEquals(DomainState.PAUSED, Scene.in(later, "a").state());
        }
    }

    @Test
    void aRestartBetweenSamplesIsNoSpikeThoughTheUuidIsTheSame() throws Exception {
        try (Scene scene = Scene.of("a")) {
            Snapshot earlier = scene.sample();
            scene.domain("a").end();
            scene.hypervisor.add(DomainConfiguration.named("a"));
            Snapshot later = scene.sampleAfter(Duration.ofSeconds(1));
            assertNone("was restarted", Scene.rates(earlier, later, "a").total());
        }
    }

    @Test
    void aSourceThatStartsAgainBetweenSamplesGivesNoRateOnce() throws Exception {
        try (Scene scene = Scene.of("a")) {
            Snapshot first = scene.sample();
            scene.hypervisor.restartSource();
            Snapshot second = scene.sampleAfter(Duration.ofSeconds(1));
            Snapshot third = scene.sampleAfter(Duration.ofSeconds(1));
            assertNone("started to count again", Scene.rates(first, second, "a").hostCpu(0));
            assertNone("started to count again", Scene.rates(first, second, "a").total());
            assertEquals(2, Scene.rates(second, third, "a").total().value(), 1e-9);
        }
    }
}
