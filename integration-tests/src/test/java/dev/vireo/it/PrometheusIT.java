package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code vireo serve} over real guests, scraped by Debian's Prometheus, whose answers are compared with the kernel's. */
class PrometheusIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String WINDOW = "15s";
    /** As one scrape a second has in the window; with fewer, Prometheus guesses at its ends. */
    private static final int POINTS = 15;

    private static final double TOLERANCE = 0.02;
    /** Below it a difference of one scrape's few milliseconds is more than the tolerance. */
    private static final double SMALLEST_SHARE = 0.2;

    private static final String TEXT = "text/plain;version=0.0.4";

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    private Path directory;

    @BeforeEach
    void requirePrometheus() {
        Requirements.requireProgram("prometheus", "prometheus");
        Requirements.requireProgram("promtool", "prometheus");
    }

    private VireoServe serve(String... options) throws IOException {
        return VireoServe.start(directory, RealGuestContract.URI, options);
    }

    private PrometheusServer prometheus(VireoServe vireo) throws IOException {
        PrometheusServer prometheus = PrometheusServer.start(directory, vireo.url());
        Await.until("Prometheus answers", LIMIT, prometheus::isUp);
        return prometheus;
    }

    private static String series(String metric, UUID uuid) {
        return metric + "{uuid=\"" + uuid + "\"}";
    }

    /** Returns a time for which the window before it is full of scrapes. */
    private static double awaitFullWindow(PrometheusServer prometheus, String series) throws IOException {
        double[] time = new double[1];
        Await.until(() -> "Prometheus has scraped for " + WINDOW + ": " + prometheus.log(), LIMIT, () -> {
            List<PrometheusServer.Point> latest = prometheus.query("timestamp(" + series + ")", KernelLog.now());
            time[0] = latest.isEmpty() ? 0 : latest.get(0).value();
            return time[0] > 0 && prometheus.range(series, WINDOW, time[0]).size() >= POINTS;
        });
        return time[0];
    }

    private static void assertRate(
            PrometheusServer prometheus,
            String series,
            double time,
            KernelLog kernel,
            ToLongFunction<KernelTimes> counter) {
        List<PrometheusServer.Point> points = prometheus.range(series, WINDOW, time);
        double byKernel = kernel.rate(
                points.get(0).seconds(), points.get(points.size() - 1).seconds(), counter);
        double byPrometheus = rate(prometheus, series, time);
        assertEquals(byKernel, byPrometheus, byKernel * TOLERANCE, series);
    }

    private static double rate(PrometheusServer prometheus, String series, double time) {
        List<PrometheusServer.Point> rates = prometheus.query("rate(" + series + "[" + WINDOW + "])", time);
        assertEquals(1, rates.size(), series);
        return rates.get(0).value();
    }

    @Test
    void theRatesOfASpinningGuestAreThoseOfItsGroup() throws Exception {
        PlacedGuest guest = scene.libvirtGuest(
                CgroupVersion.V1,
                LibvirtLayout.SYSTEMD,
                GuestSpec.of(GuestRom.SPINS).withVcpus(2));
        String total = series("vm_cpu_seconds_total", guest.uuid());
        try (KernelLog kernel = KernelLog.of(guest.kernel());
                VireoServe vireo = serve();
                PrometheusServer prometheus = prometheus(vireo)) {
            double time = awaitFullWindow(prometheus, total);
            assertRate(prometheus, total, time, kernel, KernelTimes::cpuTime);
            for (int cpu : guest.kernel().read().cpus().keySet()) {
                String onCpu = "vm_host_cpu_seconds_total{uuid=\"" + guest.uuid() + "\",cpu=\"" + cpu + "\"}";
                if (rate(prometheus, onCpu, time) > SMALLEST_SHARE) {
                    assertRate(
                            prometheus, onCpu, time, kernel, read -> read.cpus().get(cpu));
                }
            }
            assertVcpusAreMostOfIt(prometheus, guest, time);
            assertEquals(
                    1,
                    prometheus
                            .query(
                                    "vm_info{uuid=\"" + guest.uuid() + "\",name=\"" + guest.name()
                                            + "\",driver=\"QEMU-cgroup\"}",
                                    time)
                            .size());
            assertGoneAtOnce(prometheus, guest, total);
            assertEquals(143, vireo.end(), vireo::said);
        }
    }

    /** A guest that spins does nothing beside. */
    private static void assertVcpusAreMostOfIt(PrometheusServer prometheus, PlacedGuest guest, double time) {
        double total = rate(prometheus, series("vm_cpu_seconds_total", guest.uuid()), time);
        List<PrometheusServer.Point> vcpus = prometheus.query(
                "rate(" + series("vm_vcpu_run_seconds_total", guest.uuid()) + "[" + WINDOW + "])", time);
        assertEquals(2, vcpus.size());
        double sum = vcpus.stream().mapToDouble(PrometheusServer.Point::value).sum();
        assertEquals(total, sum, total * TOLERANCE, "the vCPUs' part of it");
    }

    /** Prometheus would show what has gone for another five minutes, but for the scrape that does not have it any more. */
    private static void assertGoneAtOnce(PrometheusServer prometheus, PlacedGuest guest, String series)
            throws IOException {
        assertFalse(prometheus.query(series, KernelLog.now()).isEmpty());
        guest.guest().kill();
        Await.until(
                "the series of a guest that has ended are gone",
                Duration.ofSeconds(60),
                () -> prometheus.query(series, KernelLog.now()).isEmpty());
        assertEquals(1, prometheus.query("vireo_up == 1", KernelLog.now()).size());
    }

    @Test
    void aHostileNameIsALabelAndNothingElse() throws Exception {
        String name = "a\"} 1\\ <img src=x onerror=alert(1)>\n# EOF \ud83d\ude00 " + UniqueNames.next();
        GuestSpec plain = GuestSpec.of(GuestRom.IDLES);
        GuestSpec hostile = new GuestSpec(
                name,
                plain.uuid(),
                plain.vcpus(),
                plain.rom(),
                plain.accelerator(),
                plain.memoryMib(),
                plain.namesThreads(),
                plain.hasMonitor());
        PlacedGuest guest = scene.serviceGuest(CgroupVersion.V1, hostile);
        String escaped = name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        String info = "vm_info{uuid=\"" + guest.uuid() + "\",name=\"" + escaped + "\"}";
        try (VireoServe vireo = serve();
                PrometheusServer prometheus = prometheus(vireo)) {
            Await.until(
                    () -> "Prometheus knows the name: " + prometheus.query("vm_info", KernelLog.now()),
                    LIMIT,
                    () -> prometheus.query(info, KernelLog.now()).size() == 1);
            assertPromtoolFindsNothing(vireo.scrape(TEXT));
        }
    }

    @Test
    void promtoolFindsNothingToSayOfAnyOutput() throws Exception {
        scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.SYSTEMD);
        for (List<String> options : List.of(
                List.<String>of(),
                List.of("--host-cpus", "node"),
                List.of("--host-cpus", "none"),
                List.of("--compat", "libvirt-exporter"))) {
            try (VireoServe vireo = serve(options.toArray(new String[0]))) {
                String text = vireo.scrape(TEXT);
                assertTrue(text.contains("\nvm_cpu_seconds_total{"), text);
                assertPromtoolFindsNothing(text);
                assertTrue(vireo.scrape("application/openmetrics-text;version=1.0.0")
                        .endsWith("# EOF\n"));
            }
        }
    }

    private void assertPromtoolFindsNothing(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("scrape"), text);
        CommandRun run = CommandRun.of(
                LIMIT, List.of("sh", "-c", "promtool check metrics < \"$1\"", "promtool", file.toString()));
        assertEquals("", run.requireSuccess().out() + run.err());
    }
}
