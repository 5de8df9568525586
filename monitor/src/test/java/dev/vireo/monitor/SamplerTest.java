package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.driver.test.DomainConfiguration;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sample has, whether the driver reads in bulk or not. */
class SamplerTest {
    private static Scene scene(boolean inBulk, String... names) {
        return inBulk ? Scene.of(names) : Scene.without(Operation.CONNECT_GET_ALL_DOMAIN_STATS, names);
    }

    private static List<String> names(Snapshot snapshot) {
        return snapshot.domains().stream().map(DomainSample::name).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSampleHasEachRunningDomainWithAllItsTimes(boolean inBulk) throws Exception {
        try (Scene scene = scene(inBulk, "a", "b")) {
            scene.hypervisor.add(DomainConfiguration.named("c").withVcpus(3));
            DomainSample c = Scene.in(scene.sampleAfter(Duration.ofSeconds(1)), "c");
            assertEquals(List.of("a", "b", "c"), names(c.snapshot()));
            assertEquals(DomainState.RUNNING, c.state());
            assertEquals(Reading.of(3_000_000_000L), c.totalNanos());
            assertEquals(Reading.of(2_700_000_000L), c.userNanos());
            assertEquals(Reading.of(300_000_000L), c.systemNanos());
            assertEquals(Reading.of(1_500_000_000L), c.nanos(Statistic.HOST_CPU_TIME, 1));
            assertEquals(Reading.of(1_485_000_000L), c.nanos(Statistic.HOST_CPU_VCPU_TIME, 1));
            assertEquals(3, c.count(Statistic.VCPU_TIME));
            assertEquals(2, c.index(Statistic.VCPU_TIME, 2));
            assertEquals(Reading.of(990_000_000L), c.nanos(Statistic.VCPU_TIME, 2));
            assertEquals(Reading.of(5_000_000L), c.nanos(Statistic.VCPU_DELAY, 2));
            assertEquals(Reading.of(3), c.vcpuCount());
            assertEquals("in-memory", c.source(StatsGroup.CPU_TOTAL));
            assertEquals("in-memory", c.source(StatsGroup.HOST_CPU));
            assertEquals(Duration.ZERO, c.age());
        }
    }

    @Test
    void aSampleIsDatedByBothClocks() throws Exception {
        try (Scene scene = Scene.of("a")) {
            Snapshot snapshot = scene.sampleAfter(Duration.ofSeconds(5));
            assertEquals(5_000_000_000L, snapshot.monotonicNanos());
            assertEquals(Scene.WALL_ZERO.plusSeconds(5), snapshot.wallTime());
            assertEquals(Reading.of(2), snapshot.hostCpuCount());
            assertEquals("test", snapshot.driverName());
        }
    }

    @Test
    void hostCpusKeepTheirIdsWhereThereAreGaps() throws Exception {
        try (Scene scene = new Scene(Scene.host("a").cpus(5).missingCpus(1, 3).build(), sampler -> sampler)) {
            DomainSample a = scene.sampleOf("a");
            assertEquals(3, a.count(Statistic.HOST_CPU_TIME));
            assertEquals(4, a.index(Statistic.HOST_CPU_TIME, 2));
            assertTrue(a.nanos(Statistic.HOST_CPU_TIME, 4).isAvailable());
            assertFalse(a.nanos(Statistic.HOST_CPU_TIME, 3).isAvailable());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void domainsComeAndGoBetweenSamples(boolean inBulk) throws Exception {
        try (Scene scene = scene(inBulk, "a", "b")) {
            scene.sample();
            scene.domain("a").end();
            scene.hypervisor.add(DomainConfiguration.named("c"));
            scene.clock.advance(Duration.ofSeconds(20)); // past the rescan: whether events have come does not matter
            assertEquals(List.of("b", "c"), names(scene.sample()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDomainThatIsRestartedIsAnotherRun(boolean inBulk) throws Exception {
        try (Scene scene = scene(inBulk, "a")) {
            DomainSample before = scene.sampleOf("a");
            assertEquals(before.run(), scene.sampleOf("a").run());
            scene.domain("a").end();
            scene.hypervisor.add(DomainConfiguration.named("a"));
            scene.clock.advance(Duration.ofSeconds(20));
            DomainSample after = scene.sampleOf("a");
            assertEquals(before.uuid(), after.uuid());
            assertNotEquals(before.run(), after.run());
            assertEquals(Scene.WALL_ZERO.plusSeconds(20), after.run().firstSeen());
        }
    }

    @Test
    void oneStatisticThatCannotBeReadInBulkSinksNoOther() throws Exception {
        try (Scene scene = Scene.of("a")) {
            scene.hypervisor.faults().unavailable(Statistic.CPU_USER, "it was asked for");
            DomainSample a = scene.sampleOf("a");
            assertEquals(Reading.unavailable("it was asked for"), a.userNanos());
            assertTrue(a.totalNanos().isAvailable());
            assertTrue(a.systemNanos().isAvailable());
        }
    }

    /** libvirt says OPERATION_INVALID of one statistic of a domain that runs, where its controller is not mounted. */
    @ParameterizedTest
    @EnumSource(names = {"SYSTEM_ERROR", "OPERATION_INVALID", "OPERATION_UNSUPPORTED"})
    void oneCallThatFailsSinksNoOther(ErrorCode code) throws Exception {
        try (Scene scene = Scene.without(Operation.CONNECT_GET_ALL_DOMAIN_STATS, "a")) {
            scene.hypervisor.faults().fail(Operation.DOMAIN_GET_VCPUS, code);
            scene.hypervisor.faults().fail(Operation.DOMAIN_GET_INFO, code);
            DomainSample a = scene.sampleOf("a");
            assertTrue(a.totalNanos().isAvailable());
            assertTrue(a.nanos(Statistic.HOST_CPU_TIME, 0).isAvailable());
            assertEquals(DomainState.NOSTATE, a.state());
            String reason = a.nanos(Statistic.VCPU_TIME, 0).reason().orElseThrow();
            assertTrue(reason.contains("because that was asked for"), reason);
        }
    }

    @Test
    void aBulkReadThatFailsIsNoLostSample() throws Exception {
        try (Scene scene = Scene.of("a", "b")) {
            scene.hypervisor.faults().failOnce(Operation.CONNECT_GET_ALL_DOMAIN_STATS, ErrorCode.OPERATION_FAILED);
            assertTrue(scene.sampleOf("b").totalNanos().isAvailable());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatIsLostIsAnErrorAndTheNextSampleIsWhole(boolean inBulk) throws Exception {
        try (Scene scene = scene(inBulk, "a")) {
            scene.sample();
            scene.hypervisor.faults().disconnect();
            assertEquals(
                    ErrorCode.RPC,
                    assertThrows(HypervisorException.class, scene::sample).code());
            scene.hypervisor.faults().clear();
            assertTrue(scene.sampleOf("a").totalNanos().isAvailable());
        }
    }

    @Test
    void onlyTheGroupsThatAreAskedForAreRead() throws Exception {
        try (Scene scene =
                new Scene(Scene.host("a").build(), sampler -> sampler.groups(Set.of(StatsGroup.CPU_TOTAL)))) {
            DomainSample a = scene.sampleOf("a");
            assertTrue(a.totalNanos().isAvailable());
            assertEquals(0, a.count(Statistic.VCPU_TIME));
            assertEquals(0, a.count(Statistic.HOST_CPU_TIME));
        }
    }

    @Test
    void aSamplerThatReadsNothingIsRefused() {
        try (Scene scene = Scene.of("a")) {
            SamplerBuilder builder = Sampler.over(scene.connection);
            assertThrows(IllegalArgumentException.class, () -> builder.groups(EnumSet.noneOf(StatsGroup.class)));
            assertThrows(IllegalArgumentException.class, () -> builder.deadline(Duration.ZERO));
            assertThrows(IllegalArgumentException.class, () -> builder.deadline(Duration.ofDays(200_000)));
            assertThrows(IllegalArgumentException.class, () -> builder.rescan(Duration.ofDays(366)));
        }
    }

    @Test
    void aSamplerThatIsClosedSaysSo() throws Exception {
        try (Scene scene = Scene.of("a")) {
            scene.sampler.close();
            assertThrows(IllegalStateException.class, scene.sampler::sample);
        }
    }

    @Test
    void aSampleWhoseSamplerIsClosedMeanwhileIsNone() {
        try (Scene scene = Scene.of("a", "b")) {
            scene.hypervisor.faults().before(Operation.CONNECT_GET_ALL_DOMAIN_STATS, 1, scene.sampler::close);
            assertThrows(IllegalStateException.class, scene.sampler::sample);
        }
    }
}
