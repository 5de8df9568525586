package dev.vireo.exporter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.Drivers;
import dev.vireo.ErrorCode;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.exporter.Metric;
import dev.vireo.exporter.SnapshotFeed;
import dev.vireo.monitor.Snapshot;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SnapshotCollectorTest {
    private static final UUID WEB = UUID.fromString("00000000-0000-0000-0000-00000000000a");
    private static final UUID DATABASE = UUID.fromString("00000000-0000-0000-0000-00000000000b");
    private static final String OF_WEB = "{uuid=\"" + WEB + "\"";

    private static DomainConfiguration web() {
        return DomainConfiguration.named("web").withUuid(WEB).withVcpus(2).withState(DomainState.SHUTOFF);
    }

    private static HypervisorConfiguration host(DomainConfiguration... domains) {
        HypervisorConfiguration.Builder host = HypervisorConfiguration.builder().cpus(4);
        Stream.of(domains).forEach(host::domain);
        return host.build();
    }

    private static Served served(HostCpuSeries series, DomainConfiguration... domains) {
        return new Served(host(domains), series, NumaNodes.none(), false);
    }

    @Test
    void theTimesOfADomainAreSecondsUnderItsUuid() {
        try (Served served = Served.of(host(web()))) {
            List<String> scrape = served.after(Duration.ofSeconds(10));
            assertEquals(
                    List.of("vm_cpu_seconds_total" + OF_WEB + "} 20.0"), Served.of("vm_cpu_seconds_total", scrape));
            assertEquals(
                    List.of("vm_cpu_user_seconds_total" + OF_WEB + "} 18.0"),
                    Served.of("vm_cpu_user_seconds_total", scrape));
            assertEquals(
                    List.of("vm_cpu_system_seconds_total" + OF_WEB + "} 2.0"),
                    Served.of("vm_cpu_system_seconds_total", scrape));
            assertEquals(
                    List.of(
                            "vm_vcpu_run_seconds_total" + OF_WEB + ",vcpu=\"0\"} 9.9",
                            "vm_vcpu_run_seconds_total" + OF_WEB + ",vcpu=\"1\"} 9.9"),
                    Served.of("vm_vcpu_run_seconds_total", scrape));
            assertEquals(
                    List.of(
                            "vm_vcpu_delay_seconds_total" + OF_WEB + ",vcpu=\"0\"} 0.05",
                            "vm_vcpu_delay_seconds_total" + OF_WEB + ",vcpu=\"1\"} 0.05"),
                    Served.of("vm_vcpu_delay_seconds_total", scrape));
            assertEquals(
                    List.of(
                            "vm_host_cpu_seconds_total{cpu=\"0\",uuid=\"" + WEB + "\"} 5.0",
                            "vm_host_cpu_seconds_total{cpu=\"1\",uuid=\"" + WEB + "\"} 5.0",
                            "vm_host_cpu_seconds_total{cpu=\"2\",uuid=\"" + WEB + "\"} 5.0",
                            "vm_host_cpu_seconds_total{cpu=\"3\",uuid=\"" + WEB + "\"} 5.0"),
                    Served.of("vm_host_cpu_seconds_total", scrape));
            assertEquals(List.of("vm_vcpus" + OF_WEB + "} 2.0"), Served.of("vm_vcpus", scrape));
            assertEquals(
                    List.of("vm_info{driver=\"test\",name=\"web\",uuid=\"" + WEB + "\"} 1"),
                    Served.of("vm_info", scrape));
            assertEquals(
                    List.of("vm_sample_age_seconds" + OF_WEB + "} 0.0"), Served.of("vm_sample_age_seconds", scrape));
        }
    }

    @Test
    void aScrapeSeesThisMoment() {
        try (Served served = Served.of(host(web()))) {
            served.now();
            assertTrue(served.after(Duration.ofMillis(101)).contains("vm_cpu_seconds_total" + OF_WEB + "} 0.202"));
        }
    }

    @Test
    void whatIsUnavailableIsAbsent() {
        try (Served served = Served.of(host(web()))) {
            for (Statistic statistic :
                    List.of(Statistic.CPU_USER, Statistic.VCPU_TIME, Statistic.VCPU_DELAY, Statistic.HOST_CPU_TIME)) {
                served.hypervisor.faults().unavailable(statistic, "as the test says");
            }
            served.hypervisor.faults().fail(Operation.DOMAIN_GET_CPU_STATS, ErrorCode.NO_SUPPORT);
            served.hypervisor.faults().fail(Operation.DOMAIN_GET_VCPUS, ErrorCode.NO_SUPPORT);
            List<String> scrape = served.after(Duration.ofSeconds(10));
            assertEquals(1, Served.of("vm_cpu_seconds_total", scrape).size());
            for (Metric absent : List.of(
                    Metric.VM_CPU_USER,
                    Metric.VM_VCPU_RUN,
                    Metric.VM_VCPU_DELAY,
                    Metric.VM_VCPUS,
                    Metric.VM_HOST_CPU)) {
                assertEquals(
                        List.of(),
                        scrape.stream()
                                .filter(line -> line.contains(absent.familyName()))
                                .toList());
            }
        }
    }

    @Test
    void theSeriesOfADomainThatHasGoneAreGoneAtOnce() {
        try (Served served =
                Served.of(host(web(), DomainConfiguration.named("database").withUuid(DATABASE)))) {
            assertTrue(served.now().stream().anyMatch(line -> line.contains(WEB.toString())));
            served.hypervisor.domain("web").end();
            List<String> scrape = served.after(Duration.ofSeconds(1));
            assertFalse(scrape.stream().anyMatch(line -> line.contains(WEB.toString())), scrape::toString);
            assertTrue(scrape.stream().anyMatch(line -> line.contains(DATABASE.toString())));
        }
    }

    @Test
    void aDomainThatRunsAgainUnderAnotherNameHasThatName() {
        try (Served served = Served.of(host(web()))) {
            served.now();
            served.hypervisor.domain("web").end();
            served.hypervisor.add(web().withState(DomainState.RUNNING));
            served.hypervisor.domain("web").end();
            served.hypervisor.add(DomainConfiguration.named("renamed").withUuid(WEB));
            List<String> info = Served.of("vm_info", served.after(Duration.ofSeconds(1)));
            assertEquals(List.of("vm_info{driver=\"test\",name=\"renamed\",uuid=\"" + WEB + "\"} 1"), info);
        }
    }

    @Test
    void aNameIsDataWhateverItHolds() {
        String hostile = "a\"} 1\nvm_cpu_seconds_total{uuid=\"x\\\r\t<img onerror=1>\u0000\ud800\ud83d\ude00\u202e";
        try (Served served = Served.of(host(DomainConfiguration.named(hostile).withUuid(WEB)))) {
            String expected =
                    "name=\"a\\\"} 1\\nvm_cpu_seconds_total{uuid=\\\"x\\\\\r\t<img onerror=1>\ufffd\ufffd\ud83d\ude00\u202e\"";
            List<String> scrape = List.of(String.join("\n", served.now()).split("\n", -1));
            assertEquals(
                    1, scrape.stream().filter(line -> line.contains("onerror")).count(), scrape::toString);
            String text = served.openMetrics();
            assertTrue(text.contains(expected), text);
            assertFalse(text.contains("\nvm_cpu_seconds_total{uuid=\"x"), text);
        }
    }

    @Test
    void twoDomainsOfOneUuidAreOneSeriesAndTheOtherIsCounted() {
        DomainConfiguration copy = DomainConfiguration.named("copy").withUuid(WEB);
        try (Served served = Served.of(host(web(), copy))) {
            List<String> scrape = served.now();
            assertEquals(1, Served.of("vm_cpu_seconds_total", scrape).size());
            assertEquals(List.of("vireo_domains_left_out 1.0"), Served.of("vireo_domains_left_out", scrape));
        }
    }

    @Test
    void theExporterTellsHowItFares() {
        try (Served served = Served.of(host(web()))) {
            List<String> scrape = served.now();
            assertTrue(scrape.containsAll(List.of(
                    "vireo_up 1.0",
                    "vireo_sample_age_seconds 0.0",
                    "vireo_sample_duration_seconds 0.0",
                    "vireo_domains 1.0",
                    "vireo_host_cpus 4.0")));
            served.hypervisor.faults().disconnect();
            List<String> lost = served.after(Duration.ofSeconds(2));
            assertTrue(lost.contains("vireo_up 0.0"), lost::toString);
            assertTrue(lost.contains("vireo_sample_age_seconds 2.0"), lost::toString);
            assertTrue(lost.contains("vm_sample_age_seconds" + OF_WEB + "} 2.0"), lost::toString);
            assertTrue(lost.contains("vm_cpu_seconds_total" + OF_WEB + "} 0.0"), "the last snapshot stays");
            assertTrue(
                    lost.stream()
                            .anyMatch(line -> line.equals("vireo_errors_total{code=\"" + ErrorCode.RPC.libvirtName()
                                    + "\",operation=\"sample\"} 1.0")),
                    lost::toString);
        }
    }

    @Test
    void withoutSeriesPerHostCpuThereAreNone() {
        try (Served served = served(HostCpuSeries.NONE, web())) {
            List<String> scrape = served.after(Duration.ofSeconds(10));
            assertFalse(scrape.stream().anyMatch(line -> line.contains("vm_host")), scrape::toString);
            assertTrue(scrape.contains("vm_cpu_seconds_total" + OF_WEB + "} 20.0"));
        }
    }

    @Test
    void timesPerHostCpuAreSummedByNumaNode(@TempDir Path sysfs) throws IOException {
        for (String directory : List.of("node0/cpu0", "node0/cpu2", "node0/cpulist", "node1/cpu1", "node2/power")) {
            Files.createDirectories(sysfs.resolve("devices/system/node").resolve(directory));
        }
        try (Served served = new Served(host(web()), HostCpuSeries.NODE, NumaNodes.read(sysfs), false)) {
            assertEquals(
                    List.of(
                            "vm_host_node_seconds_total{node=\"0\",uuid=\"" + WEB + "\"} 10.0",
                            "vm_host_node_seconds_total{node=\"1\",uuid=\"" + WEB + "\"} 5.0",
                            "vm_host_node_seconds_total{node=\"unknown\",uuid=\"" + WEB + "\"} 5.0"),
                    Served.of("vm_host_node_seconds_total", served.after(Duration.ofSeconds(10))));
            assertEquals(List.of(), Served.of("vm_host_cpu_seconds_total", served.now()));
        }
    }

    @Test
    void aKernelWithoutNumaHasOneNode(@TempDir Path sysfs) throws IOException {
        assertEquals("0", NumaNodes.read(sysfs).of(3));
    }

    @Test
    void aBusyCpuHasASeriesUntilItWasIdleForTenMinutes() throws InterruptedException {
        BlockingQueue<Snapshot> told = new LinkedBlockingQueue<>();
        try (Served served = served(HostCpuSeries.BUSY, web())) {
            served.feed.listen(told::add);
            sampleAfter(Duration.ofSeconds(5), served, told);
            sampleAfter(Duration.ofSeconds(5), served, told);
            assertEquals(4, hostCpus(served));
            served.hypervisor.domain("web").pause();
            sampleAfter(Duration.ofSeconds(5), served, told);
            sampleAfter(Duration.ofMinutes(9), served, told);
            assertEquals(4, hostCpus(served));
            sampleAfter(Duration.ofMinutes(1), served, told);
            assertEquals(0, hostCpus(served));
            served.hypervisor.domain("web").resume();
            sampleAfter(Duration.ofSeconds(5), served, told);
            assertEquals(4, hostCpus(served));
        }
    }

    private static void sampleAfter(Duration time, Served served, BlockingQueue<Snapshot> told)
            throws InterruptedException {
        served.clock.advance(time);
        long now = served.clock.getAsLong();
        Snapshot snapshot = told.poll(30, TimeUnit.SECONDS);
        while (snapshot != null && snapshot.monotonicNanos() < now) {
            snapshot = told.poll(30, TimeUnit.SECONDS);
        }
        assertTrue(snapshot != null, "the feed tells nothing");
    }

    private static int hostCpus(Served served) {
        return Served.of("vm_host_cpu_seconds_total", served.now()).size();
    }

    @Test
    void libvirtExportersNamesAreThereWhenTheyAreAskedFor() {
        String labels = "{domain=\"web\",uuid=\"" + WEB + "\"";
        try (Served served = new Served(host(web()), HostCpuSeries.ALL, NumaNodes.none(), true)) {
            List<String> scrape = served.after(Duration.ofSeconds(10));
            assertTrue(
                    scrape.containsAll(List.of(
                            "libvirt_up 1.0",
                            "libvirt_domains_number 1.0",
                            "libvirt_domain_info_cpu_time_seconds_total" + labels + "} 20.0",
                            "libvirt_domain_info_virtual_cpus" + labels + "} 2.0",
                            "libvirt_domain_state_code" + labels + "} 1.0",
                            "libvirt_domain_vcpu_time_seconds_total" + labels + ",vcpu=\"1\"} 9.9",
                            "libvirt_domain_vcpu_delay_seconds_total" + labels + ",vcpu=\"1\"} 0.05",
                            "vm_cpu_seconds_total" + OF_WEB + "} 20.0")),
                    scrape::toString);
        }
        try (Served served = Served.of(host(web()))) {
            assertFalse(served.now().stream().anyMatch(line -> line.contains("libvirt_")));
        }
    }

    @Test
    void countersThatCountSinceAnAttachSaySo() throws IOException {
        Drivers drivers = Drivers.none().with(new AttachedDriver());
        try (SnapshotFeed feed = SnapshotFeed.over(drivers.open("attached:///"), () -> drivers.open("attached:///"))
                        .start();
                SnapshotCollector collector = new SnapshotCollector(feed, HostCpuSeries.ALL, NumaNodes.none(), false)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new OpenMetricsTextFormatWriter(true, false)
                    .write(out, collector.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
            String text = out.toString(StandardCharsets.UTF_8);
            String ofCpu = "{cpu=\"0\",uuid=\"" + AttachedDriver.ID + "\"} ";
            assertTrue(text.contains("vm_host_cpu_seconds_total" + ofCpu + "1.0\n"), text);
            assertTrue(text.contains("vm_host_cpu_seconds_created" + ofCpu + "1795694400.250\n"), text);
            assertFalse(text.contains("vm_cpu_seconds_created"), text);
            out.reset();
            PrometheusTextFormatWriter.builder()
                    .setIncludeCreatedTimestamps(true)
                    .build()
                    .write(out, collector.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
            assertTrue(out.toString(StandardCharsets.UTF_8).contains("vm_host_cpu_seconds_created" + ofCpu));
        }
    }

    @Test
    void openMetricsHasUnitsAndAnEnd() {
        try (Served served = Served.of(host(web()))) {
            String text = served.openMetrics();
            assertTrue(text.contains("# TYPE vm_cpu_seconds counter\n# UNIT vm_cpu_seconds seconds\n"), text);
            assertTrue(text.contains("# TYPE vm info\n"), text);
            assertTrue(text.endsWith("# EOF\n"), text);
        }
    }

    @Test
    void thereAreSeriesOfAllMetricsThatTheListHasAndOfNoOther() {
        try (Served served = new Served(host(web()), HostCpuSeries.ALL, NumaNodes.none(), true)) {
            served.feed.health().failed("open", ErrorCode.RPC);
            List<String> names = served.now().stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .distinct()
                    .sorted()
                    .toList();
            List<String> listed = Stream.of(Metric.values())
                    .filter(metric -> metric != Metric.VM_HOST_NODE)
                    .map(Metric::seriesName)
                    .sorted()
                    .toList();
            assertEquals(listed, names);
        }
    }
}
