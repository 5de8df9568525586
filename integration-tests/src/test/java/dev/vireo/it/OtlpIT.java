package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The built command pushes to a receiver of OTLP, which decodes what comes with OpenTelemetry's own classes. */
@Timeout(180)
class OtlpIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** For so long what is pushed is compared with what the kernel says. */
    private static final double WINDOW_SECONDS = 10;

    private static final double TOLERANCE = 0.02;
    /** Below it a difference of a few milliseconds is more than the tolerance. */
    private static final double SMALLEST_SHARE = 0.2;

    private static final String DOMAIN_OF_TEST = "6695eb01-f6a4-8304-79aa-97f2502e193f";

    /** What came with a push. */
    private record Pushed(String path, String authorization, String type, ExportMetricsServiceRequest request) {
        private Resource resource() {
            return request.getResourceMetrics(0).getResource();
        }

        private Stream<Metric> metrics() {
            return request.getResourceMetricsList().stream()
                    .flatMap(resource -> resource.getScopeMetricsList().stream())
                    .flatMap(scope -> scope.getMetricsList().stream());
        }

        /** The points of a domain by the attribute that tells them apart, or by "" where there is none. */
        private Map<String, NumberDataPoint> points(String metric, String uuid, String attribute) {
            return metrics()
                    .filter(each -> each.getName().equals(metric))
                    .flatMap(each -> each.getSum().getDataPointsList().stream())
                    .filter(point ->
                            attribute(point.getAttributesList(), "vm.id").equals(uuid))
                    .collect(Collectors.toMap(
                            point -> attribute(point.getAttributesList(), attribute), Function.identity()));
        }
    }

    private static String attribute(List<KeyValue> attributes, String key) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(KeyValue::getValue)
                .map(value -> value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue())
                .findFirst()
                .orElse("");
    }

    private static double seconds(NumberDataPoint point) {
        return point.getTimeUnixNano() / 1e9;
    }

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    private Path directory;

    private final BlockingQueue<Pushed> pushes = new LinkedBlockingQueue<>();
    private volatile int status = 200;

    @Test
    void theBuiltCommandPushesAndSaysOnceWhenItCannot() throws Exception {
        Path headers = Files.writeString(directory.resolve("headers"), "Authorization: Bearer token-of-a-test\n");
        HttpServer receiver = startReceiver();
        String url = url(receiver);
        String[] options = {
            "--interval", "0.1", "--otlp", url, "--otlp-interval", "0.1", "--otlp-headers", headers.toString()
        };
        try (VireoServe vireo = VireoServe.start(directory, "test:///default", options)) {
            Pushed pushed = nextPush();
            assertEquals("/v1/metrics", pushed.path());
            assertEquals("Bearer token-of-a-test", pushed.authorization());
            assertEquals("application/x-protobuf", pushed.type());
            assertEquals("vireo", attribute(pushed.resource().getAttributesList(), "service.name"));
            for (String key : List.of("host.name", "service.version")) {
                assertNotEquals("", attribute(pushed.resource().getAttributesList(), key), key);
            }
            assertEquals(
                    Set.of(
                            "vm.cpu.time",
                            "vm.cpu.mode.time",
                            "vm.vcpu.time",
                            "vm.vcpu.delay.time",
                            "vm.host_cpu.time",
                            "vm.vcpu.count"),
                    pushed.metrics().map(Metric::getName).collect(Collectors.toSet()));
            assertEquals(
                    Set.of("user", "system"),
                    pushed.points("vm.cpu.mode.time", DOMAIN_OF_TEST, "cpu.mode")
                            .keySet());

            status = 503;
            String counter = "vireo_errors_total{code=\"VIR_ERR_HTTP_ERROR\",operation=\"otlp\"}";
            while (!vireo.scrape("text/plain").contains(counter)) {
                nextPush();
            }
            status = 200;
            Await.until("it is told that it works", LIMIT, () -> vireo.said().contains("accepts again"));
            assertEquals(
                    1,
                    vireo.said()
                            .lines()
                            .filter(line -> line.contains("HTTP status 503"))
                            .count(),
                    vireo::said);
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void whatIsPushedOfASpinningGuestIsWhatItsGroupUsed() throws Exception {
        PlacedGuest guest = scene.libvirtGuest(
                CgroupVersion.V1,
                LibvirtLayout.SYSTEMD,
                GuestSpec.of(GuestRom.SPINS).withVcpus(2));
        long before = guest.kernel().read().cpuTime();
        HttpServer receiver = startReceiver();
        String[] options = {"--interval", "0.1", "--otlp", url(receiver), "--otlp-interval", "0.1"};
        try (KernelLog kernel = KernelLog.of(guest.kernel());
                VireoServe vireo = VireoServe.start(directory, RealGuestContract.URI, options)) {
            Pushed first = nextOf(guest, 0);
            Pushed last = nextOf(guest, seconds(total(first, guest)) + WINDOW_SECONDS);
            long used = Math.round(total(last, guest).getAsDouble() * 1e9);
            Bracket.assertBetween(
                    "vm.cpu.time", before, used, guest.kernel().read().cpuTime());
            kernel.awaitReadAt(KernelLog.now(), LIMIT);
            assertRates(kernel, guest, first, last);
            assertEquals(143, vireo.end(), vireo::said);
        } finally {
            receiver.stop(0);
        }
    }

    private Pushed nextPush() throws InterruptedException {
        Pushed pushed = pushes.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return assertInstanceOf(Pushed.class, pushed, () -> "no push came within " + LIMIT.toSeconds() + " s");
    }

    private static NumberDataPoint total(Pushed pushed, PlacedGuest guest) {
        return Objects.requireNonNull(
                pushed.points("vm.cpu.time", guest.uuid().toString(), "").get(""));
    }

    /** Waits for a push of the guest's times on vCPUs and host CPUs that were read at a time or later. */
    private Pushed nextOf(PlacedGuest guest, double seconds) throws InterruptedException {
        while (true) {
            Pushed pushed = nextPush();
            String uuid = guest.uuid().toString();
            Map<String, NumberDataPoint> total = pushed.points("vm.cpu.time", uuid, "");
            if (!pushed.points("vm.vcpu.time", uuid, "vm.vcpu.number").isEmpty()
                    && !pushed.points("vm.host_cpu.time", uuid, "cpu.logical_number")
                            .isEmpty()
                    && total.values().stream().anyMatch(point -> seconds(point) >= seconds)) {
                return pushed;
            }
        }
    }

    private static void assertRates(KernelLog kernel, PlacedGuest guest, Pushed first, Pushed last) {
        double total = assertRate(kernel, total(first, guest), total(last, guest), KernelTimes::cpuTime, "vm.cpu.time");
        String uuid = guest.uuid().toString();
        Map<String, NumberDataPoint> from = first.points("vm.host_cpu.time", uuid, "cpu.logical_number");
        Map<String, NumberDataPoint> to = last.points("vm.host_cpu.time", uuid, "cpu.logical_number");
        double onBusyCpus = 0;
        for (int cpu : guest.kernel().read().cpus().keySet()) {
            String key = Integer.toString(cpu);
            if (from.containsKey(key) && to.containsKey(key) && rate(from.get(key), to.get(key)) > SMALLEST_SHARE) {
                onBusyCpus += assertRate(
                        kernel, from.get(key), to.get(key), read -> read.cpus().get(cpu), "host CPU " + cpu);
            }
        }
        assertEquals(total, onBusyCpus, SMALLEST_SHARE, "a guest that spins is on busy CPUs");
        double vcpus = sum(last.points("vm.vcpu.time", uuid, "vm.vcpu.number"))
                - sum(first.points("vm.vcpu.time", uuid, "vm.vcpu.number"));
        double seconds = seconds(total(last, guest)) - seconds(total(first, guest));
        assertEquals(total, vcpus / seconds, total * TOLERANCE, "a guest that spins does nothing beside");
    }

    private static double sum(Map<String, NumberDataPoint> points) {
        return points.values().stream()
                .mapToDouble(NumberDataPoint::getAsDouble)
                .sum();
    }

    private static double rate(NumberDataPoint from, NumberDataPoint to) {
        return (to.getAsDouble() - from.getAsDouble()) / (seconds(to) - seconds(from));
    }

    private static double assertRate(
            KernelLog kernel,
            NumberDataPoint from,
            NumberDataPoint to,
            ToLongFunction<KernelTimes> counter,
            String what) {
        double byKernel = kernel.rate(seconds(from), seconds(to), counter);
        double pushed = rate(from, to);
        assertEquals(byKernel, pushed, byKernel * TOLERANCE, what);
        return pushed;
    }

    private HttpServer startReceiver() throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
        return receiver;
    }

    private static String url(HttpServer receiver) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
            pushes.add(new Pushed(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    ExportMetricsServiceRequest.parseFrom(body)));
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
