package dev.vireo.exporter.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Snapshot;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpPushTest {
    private static final double NANOS_A_SECOND = 1e9;

    private static HypervisorConfiguration.Builder host(String... names) {
        HypervisorConfiguration.Builder host = HypervisorConfiguration.builder().cpus(2);
        for (String name : names) {
            host.domain(DomainConfiguration.named(name));
        }
        return host;
    }

    /** What a receiver ought to have of a snapshot: the value of each point, by all that tells it from others. */
    private static Map<String, Double> expected(Snapshot snapshot) {
        Map<String, Double> expected = new HashMap<>();
        for (DomainSample domain : snapshot.domains()) {
            put(expected, domain, Statistic.CPU_TIME, "vm.cpu.time");
            put(expected, domain, Statistic.CPU_USER, "vm.cpu.mode.time user");
            put(expected, domain, Statistic.CPU_SYSTEM, "vm.cpu.mode.time system");
            put(expected, domain, Statistic.VCPU_TIME, "vm.vcpu.time");
            put(expected, domain, Statistic.VCPU_DELAY, "vm.vcpu.delay.time");
            put(expected, domain, Statistic.HOST_CPU_TIME, "vm.host_cpu.time");
            expected.put("vm.vcpu.count " + identity(domain), (double)
                    domain.vcpuCount().value());
        }
        return expected;
    }

    private static String identity(DomainSample domain) {
        return domain.uuid() + " " + domain.name();
    }

    private static void put(Map<String, Double> expected, DomainSample domain, Statistic statistic, String name) {
        for (int position = 0; position < domain.count(statistic); position++) {
            String index = statistic.group() == StatsGroup.CPU_TOTAL ? "" : " " + domain.index(statistic, position);
            double seconds = domain.nanosAt(statistic, position) / NANOS_A_SECOND;
            expected.put(name + " " + identity(domain) + index, seconds);
        }
    }

    private static Map<String, Double> received(OtlpReceiver receiver) {
        Map<String, Double> received = new HashMap<>();
        for (Metric metric : receiver.last()) {
            for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
                double value = point.hasAsDouble() ? point.getAsDouble() : point.getAsInt();
                Double before = received.put(metric.getName() + key(point), value);
                assertEquals(null, before, () -> "two points are told apart by nothing: " + point);
            }
        }
        return received;
    }

    private static String key(NumberDataPoint point) {
        String index = OtlpScene.attribute(point, "vm.vcpu.number") + OtlpScene.attribute(point, "cpu.logical_number");
        String mode = OtlpScene.attribute(point, "cpu.mode");
        return (mode.isEmpty() ? "" : " " + mode)
                + " " + OtlpScene.attribute(point, "vm.id")
                + " " + OtlpScene.attribute(point, "vm.name")
                + (index.isEmpty() ? "" : " " + index);
    }

    private static Set<String> names(OtlpReceiver receiver, String metric) {
        return receiver.points(metric).stream()
                .map(point -> OtlpScene.attribute(point, "vm.name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aReceiverGetsTheNumbersOfTheSnapshot() throws IOException {
        try (OtlpScene scene = OtlpScene.of(host("web", "db").build())) {
            scene.sampleAndPush();
            Snapshot snapshot = scene.sampleAndPush();
            Map<String, Double> expected = expected(snapshot);
            // total, two modes, two vCPUs run and wait, two host CPUs, and how many vCPUs
            assertEquals(2 * (1 + 2 + 2 + 2 + 2 + 1), expected.size());
            assertEquals(expected, received(scene.receiver));
        }
    }

    @Test
    void timesAreCumulativeMonotonicSumsInSeconds() throws IOException {
        try (OtlpScene scene = OtlpScene.of(host("web").build())) {
            scene.sampleAndPush();
            for (String name : List.of(
                    "vm.cpu.time", "vm.cpu.mode.time", "vm.vcpu.time", "vm.vcpu.delay.time", "vm.host_cpu.time")) {
                Metric metric = scene.receiver.metric(name);
                assertEquals("s", metric.getUnit(), name);
                assertFalse(metric.getDescription().isEmpty(), name);
                assertTrue(metric.getSum().getIsMonotonic(), name);
                assertEquals(
                        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE,
                        metric.getSum().getAggregationTemporality(),
                        name);
            }
            Metric count = scene.receiver.metric("vm.vcpu.count");
            assertEquals("{cpu}", count.getUnit());
            assertFalse(count.getSum().getIsMonotonic());
        }
    }

    @Test
    void aReceiverIsToldOfTheHost() throws IOException {
        HostIdentity host = HostIdentity.of("node1.example.org", "node1", "0123456789abcdef0123456789abcdef");
        try (OtlpScene scene = new OtlpScene(
                host("web").build(), settings -> settings.host(host).serviceVersion("1.2"))) {
            scene.sampleAndPush();
            Map<String, String> resource = new HashMap<>();
            scene.receiver
                    .resource()
                    .getAttributesList()
                    .forEach(attribute -> resource.put(
                            attribute.getKey(), attribute.getValue().getStringValue()));
            resource.keySet().removeIf(name -> name.startsWith("telemetry.sdk."));
            assertEquals(
                    Map.of(
                            "host.id", "0123456789abcdef0123456789abcdef",
                            "host.name", "node1.example.org",
                            "service.name", "vireo",
                            "service.version", "1.2"),
                    resource);
            assertEquals("/v1/metrics", scene.receiver.lastTarget());
        }
    }

    @Test
    void whatIsUnavailableIsAbsent() throws IOException {
        try (OtlpScene scene = OtlpScene.of(host("web").build())) {
            scene.hypervisor.faults().unavailable(Statistic.VCPU_DELAY, "no schedstat");
            scene.hypervisor.faults().unavailable(Statistic.CPU_USER, "no cpuacct.stat");
            Snapshot snapshot = scene.sampleAndPush();
            assertEquals(expected(snapshot), received(scene.receiver));
            assertEquals(Metric.getDefaultInstance(), scene.receiver.metric("vm.vcpu.delay.time"));
            assertEquals(1, scene.receiver.points("vm.cpu.mode.time").size());
            assertEquals(1, scene.receiver.points("vm.cpu.time").size());
        }
    }

    @Test
    void timesPerHostCpuCanBeLeftOut() throws IOException {
        try (OtlpScene scene = new OtlpScene(host("web").build(), settings -> settings.hostCpus(false))) {
            scene.sampleAndPush();
            assertEquals(List.of(), scene.receiver.points("vm.host_cpu.time"));
            assertEquals(1, scene.receiver.points("vm.cpu.time").size());
        }
    }

    @Test
    void aDomainThatIsGoneHasNoPointsInTheNextPush() throws IOException {
        try (OtlpScene scene = OtlpScene.of(host("stays", "goes").build())) {
            scene.sampleAndPush();
            assertEquals(Set.of("stays", "goes"), names(scene.receiver, "vm.cpu.time"));
            scene.hypervisor.domain("goes").end();
            scene.sampleAndPush();
            for (Metric metric : scene.receiver.last()) {
                assertEquals(Set.of("stays"), names(scene.receiver, metric.getName()), metric.getName());
            }
        }
    }

    @Test
    void theFirstPointOfAStreamStartsWhenItIsReadAndTheNextAtThatTime() throws IOException {
        try (OtlpScene scene = OtlpScene.of(host("web").build())) {
            scene.sampleAndPush();
            NumberDataPoint first = scene.receiver.points("vm.cpu.time").get(0);
            assertEquals(OtlpScene.WALL_ZERO.plusSeconds(1), OtlpScene.time(first.getTimeUnixNano()));
            assertEquals(first.getTimeUnixNano(), first.getStartTimeUnixNano());
            scene.sampleAndPush();
            NumberDataPoint second = scene.receiver.points("vm.cpu.time").get(0);
            assertEquals(OtlpScene.WALL_ZERO.plusSeconds(2), OtlpScene.time(second.getTimeUnixNano()));
            assertEquals(first.getTimeUnixNano(), second.getStartTimeUnixNano());
        }
    }

    @Test
    void aDomainThatWasStartedAgainBeginsAnotherStream() throws IOException {
        HypervisorConfiguration host = HypervisorConfiguration.builder()
                .domain(DomainConfiguration.named("web").withPersistent(true))
                .domain(DomainConfiguration.named("other"))
                .build();
        try (OtlpScene scene = OtlpScene.of(host)) {
            scene.sampleAndPush();
            scene.sampleAndPush();
            scene.hypervisor.domain("web").end();
            scene.hypervisor.domain("web").start();
            scene.sampleAndPush();
            for (NumberDataPoint point : scene.receiver.points("vm.cpu.time")) {
                boolean isWeb = OtlpScene.attribute(point, "vm.name").equals("web");
                assertEquals(
                        OtlpScene.WALL_ZERO.plusSeconds(isWeb ? 3 : 1),
                        OtlpScene.time(point.getStartTimeUnixNano()),
                        point::toString);
            }
        }
    }

    @Test
    void aSourceThatStartedAgainBeginsAnotherStream() throws IOException {
        try (OtlpScene scene = OtlpScene.of(host("web").build())) {
            scene.sampleAndPush();
            scene.hypervisor.restartSource();
            scene.sampleAndPush();
            NumberDataPoint point = scene.receiver.points("vm.cpu.time").get(0);
            assertEquals(OtlpScene.WALL_ZERO.plusSeconds(2), OtlpScene.time(point.getStartTimeUnixNano()));
            scene.sampleAndPush();
            NumberDataPoint next = scene.receiver.points("vm.cpu.time").get(0);
            assertEquals(OtlpScene.WALL_ZERO.plusSeconds(2), OtlpScene.time(next.getStartTimeUnixNano()));
        }
    }

    @Test
    void aStreamStartsWithThePushThatWasAccepted() throws IOException {
        try (OtlpScene scene = OtlpScene.of(host("web").build())) {
            scene.receiver.answerWithStatus(503);
            scene.sampleAndPush();
            scene.receiver.acceptAgain();
            scene.sampleAndPush();
            NumberDataPoint point = scene.receiver.points("vm.cpu.time").get(0);
            assertEquals(point.getTimeUnixNano(), point.getStartTimeUnixNano());
        }
    }

    @Test
    void noReadingIsPushedTwice() throws IOException {
        try (OtlpScene scene = OtlpScene.of(host("web").build())) {
            scene.pushAgain();
            assertEquals(0, scene.receiver.count(), "before the first snapshot there is nothing to push");
            scene.sampleAndPush();
            scene.pushAgain();
            assertEquals(1, scene.receiver.count());
            scene.sampleAndPush();
            assertEquals(2, scene.receiver.count());
            assertEquals(0, scene.failures());
        }
    }

    @Test
    void aReadingThatWasNotAcceptedIsPushedAgain() throws IOException {
        try (OtlpScene scene = OtlpScene.of(host("web").build())) {
            scene.receiver.answerWithStatus(503);
            scene.sampleAndPush();
            scene.receiver.acceptAgain();
            scene.pushAgain();
            assertEquals(2, scene.receiver.count());
            assertEquals(expected(scene.snapshot()), received(scene.receiver));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=alert(1)>",
                "quote\" and 'quote' and \\",
                "two\nlines\r\n\t\u0000\u001b[31m",
                "\uD83D\uDE00 \u202Ereversed",
                " ",
                "\u00e4\u00f6\u00fc\u4e2d\u6587"
            })
    void aNameArrivesAsItIs(String name) throws IOException {
        try (OtlpScene scene = OtlpScene.of(host(name, name + "x".repeat(2_000)).build())) {
            Snapshot snapshot = scene.sampleAndPush();
            assertEquals(expected(snapshot), received(scene.receiver));
        }
    }

    @Test
    void aNameThatIsNoUnicodeHasReplacementsAndHarmsNobody() throws IOException {
        try (OtlpScene scene = OtlpScene.of(host("half \uD83D a pair", "web").build())) {
            scene.sampleAndPush();
            assertEquals(0, scene.failures(), scene.log::toString);
            assertEquals(Set.of("half ? a pair", "web"), names(scene.receiver, "vm.cpu.time"));
        }
    }

    @Test
    void domainsOfOneUuidAreToldApart() throws IOException {
        DomainConfiguration twin = DomainConfiguration.named("twin");
        HypervisorConfiguration host = HypervisorConfiguration.builder()
                .domain(twin)
                .domain(twin)
                .domain(DomainConfiguration.named("single"))
                .build();
        try (OtlpScene scene = OtlpScene.of(host)) {
            Snapshot snapshot = scene.sampleAndPush();
            Set<String> ids = new HashSet<>();
            for (NumberDataPoint point : scene.receiver.points("vm.cpu.time")) {
                boolean isTwin = OtlpScene.attribute(point, "vm.name").equals("twin");
                assertEquals(isTwin, !OtlpScene.attribute(point, "vm.run.id").isEmpty());
                ids.add(OtlpScene.attribute(point, "vm.run.id"));
            }
            assertEquals(
                    Set.of(
                            Integer.toString(snapshot.domain(0).id()),
                            Integer.toString(snapshot.domain(1).id()),
                            ""),
                    ids);
        }
    }

    @ParameterizedTest
    @CsvSource({"503, 2", "400, 3"})
    void whatWasNotAcceptedOfAPushInPartsIsPushedAgainAndNothingElse(int status, int triedParts) throws IOException {
        int inAPart = 20_000 / (64 * 3 + 4);
        HypervisorConfiguration.Builder host = HypervisorConfiguration.builder().cpus(64);
        for (int number = 0; number < 3 * inAPart; number++) {
            host.domain(DomainConfiguration.named("domain-" + number).withVcpus(64));
        }
        try (OtlpScene scene = OtlpScene.of(host.build())) {
            scene.receiver.answer(push -> push.sendResponseHeaders(scene.receiver.count() == 2 ? status : 200, -1));
            scene.sampleAndPush();
            assertEquals(triedParts, scene.receiver.count(), "after 400 other parts may be accepted");
            assertEquals(1, scene.failures());
            Set<String> tried = names(scene.receiver, "vm.cpu.time");
            scene.receiver.acceptAgain();
            scene.pushAgain();
            Set<String> rest = names(scene.receiver, "vm.cpu.time");
            assertEquals((4 - triedParts) * inAPart, rest.size());
            tried.addAll(rest);
            assertEquals(3 * inAPart, tried.size());
        }
    }

    @Test
    void aThousandDomainsOnSixtyFourCpusArriveWithoutLoss() throws IOException {
        HypervisorConfiguration.Builder host = HypervisorConfiguration.builder().cpus(64);
        for (int number = 0; number < 1_000; number++) {
            host.domain(DomainConfiguration.named("domain-" + number).withVcpus(64));
        }
        try (OtlpScene scene = OtlpScene.of(host.build())) {
            scene.sampleAndPush();
            Snapshot snapshot = scene.sampleAndPush();
            assertEquals(List.of(), scene.log);
            assertTrue(scene.receiver.mostPoints() <= 20_000, "a collector refuses what is too long");
            assertEquals(64_000, scene.receiver.points("vm.host_cpu.time").size());
            assertEquals(expected(snapshot), received(scene.receiver));
        }
    }
}
