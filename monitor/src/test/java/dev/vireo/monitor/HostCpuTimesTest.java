package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.driver.test.DomainConfiguration;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Times per host CPU that a bulk read lacks, as libvirt's does. */
class HostCpuTimesTest {
    private static Scene lackingInBulk(String... names) {
        Scene scene = Scene.of(names);
        scene.hypervisor.faults().unavailable(Statistic.HOST_CPU_TIME, "not in bulk");
        scene.hypervisor.faults().unavailable(Statistic.HOST_CPU_VCPU_TIME, "not in bulk");
        return scene;
    }

    /** Counts the calls of an operation from now on. */
    private static AtomicInteger count(Scene scene) {
        AtomicInteger calls = new AtomicInteger();
        for (int call = 1; call <= 50; call++) {
            scene.hypervisor.faults().before(Operation.DOMAIN_GET_CPU_STATS, call, calls::incrementAndGet);
        }
        return calls;
    }

    @Test
    void timesThatTheBulkReadLacksAreReadDomainByDomain() throws Exception {
        try (Scene scene = lackingInBulk("a", "b")) {
            DomainSample b = scene.sampleOf("b");
            assertTrue(b.nanos(Statistic.HOST_CPU_TIME, 1).isAvailable());
            assertTrue(b.nanos(Statistic.HOST_CPU_VCPU_TIME, 1).isAvailable());
            assertTrue(b.nanos(Statistic.VCPU_TIME, 1).isAvailable());
        }
    }

    @Test
    void onlyDomainsThatSomebodyAsksForAreRead() throws Exception {
        try (Scene scene = new Scene(
                Scene.host("a", "b").build(),
                sampler -> sampler.hostCpuTimesOf(run -> run.name().equals("b")))) {
            AtomicInteger calls = count(scene);
            Snapshot snapshot = scene.sample();
            assertEquals(0, Scene.in(snapshot, "a").count(Statistic.HOST_CPU_TIME));
            assertEquals(2, Scene.in(snapshot, "b").count(Statistic.HOST_CPU_TIME));
            assertEquals(1, calls.get());
        }
    }

    @Test
    void aRunWhoseTimesAreNotSupportedIsNotAskedAgain() throws Exception {
        try (Scene scene = lackingInBulk("a")) {
            AtomicInteger calls = count(scene);
            scene.hypervisor.faults().failOnce(Operation.DOMAIN_GET_CPU_STATS, ErrorCode.OPERATION_UNSUPPORTED);
            String reason = scene.sampleOf("a")
                    .nanos(Statistic.HOST_CPU_TIME, 0)
                    .reason()
                    .orElseThrow();
            assertTrue(reason.contains("because that was asked for"), reason);
            assertEquals(1, calls.get());
            DomainSample again = scene.sampleOf("a");
            assertEquals(
                    reason, again.nanos(Statistic.HOST_CPU_TIME, 0).reason().orElseThrow());
            assertEquals(1, calls.get());
        }
    }

    @Test
    void anotherRunOfTheDomainIsAskedAgain() throws Exception {
        try (Scene scene = lackingInBulk("a")) {
            scene.hypervisor.faults().failOnce(Operation.DOMAIN_GET_CPU_STATS, ErrorCode.OPERATION_UNSUPPORTED);
            assertFalse(scene.sampleOf("a").nanos(Statistic.HOST_CPU_TIME, 0).isAvailable());
            scene.domain("a").end();
            scene.hypervisor.add(DomainConfiguration.named("a"));
            assertTrue(scene.sampleOf("a").nanos(Statistic.HOST_CPU_TIME, 0).isAvailable());
        }
    }

    @Test
    void anErrorOfTheMomentIsForgottenAtTheNextSample() throws Exception {
        try (Scene scene = lackingInBulk("a")) {
            scene.hypervisor.faults().failOnce(Operation.DOMAIN_GET_CPU_STATS, ErrorCode.SYSTEM_ERROR);
            assertFalse(scene.sampleOf("a").nanos(Statistic.HOST_CPU_TIME, 0).isAvailable());
            assertTrue(scene.sampleOf("a").nanos(Statistic.HOST_CPU_TIME, 0).isAvailable());
        }
    }

    @Test
    void hostsOfMoreCpusThanOneCallTakesAreReadInParts() throws Exception {
        try (Scene scene =
                new Scene(Scene.host("a").cpus(300).build(), sampler -> sampler.hostCpuTimesOf(run -> true))) {
            DomainSample before = scene.sampleOf("a");
            DomainSample after = Scene.in(scene.sampleAfter(Duration.ofSeconds(3)), "a");
            assertEquals(300, after.count(Statistic.HOST_CPU_TIME));
            assertEquals(299, after.index(Statistic.HOST_CPU_TIME, 299));
            assertEquals(
                    20_000_000,
                    after.nanosAt(Statistic.HOST_CPU_TIME, 299) - before.nanosAt(Statistic.HOST_CPU_TIME, 299));
        }
    }

    @Test
    void partsOfTwoGenerationsDoNotBelongTogether() throws Exception {
        try (Scene scene =
                new Scene(Scene.host("a").cpus(300).build(), sampler -> sampler.hostCpuTimesOf(run -> true))) {
            scene.hypervisor.faults().before(Operation.DOMAIN_GET_CPU_STATS, 2, scene.hypervisor::restartSource);
            DomainSample a = scene.sampleOf("a");
            assertEquals(0, a.count(Statistic.HOST_CPU_TIME));
            assertTrue(
                    a.nanos(Statistic.HOST_CPU_TIME, 0).reason().orElseThrow().contains("started again"));
        }
    }
}
