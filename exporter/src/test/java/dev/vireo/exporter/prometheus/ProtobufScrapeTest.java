package dev.vireo.exporter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.exporter.http.ListenAddress;
import dev.vireo.exporter.http.WebServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a Prometheus gets that takes native histograms, and so asks for protobuf. */
@Timeout(60)
class ProtobufScrapeTest {
    private static final String PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
    private static final int NAME_FIELD = 0x0a;
    private static final int DOUBLE_FIELD = 0x09;

    private static byte[] scrape(WebServer server, String accepted) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url()).resolve("/metrics"))
                .header("Accept", accepted)
                .build();
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode());
        String type = response.headers().firstValue("Content-Type").orElse("");
        assertTrue(type.startsWith(accepted.split(";", 2)[0]), type);
        return response.body();
    }

    private static int varint(ByteBuffer bytes) {
        int value = 0;
        int shift = 0;
        int next;
        do {
            next = bytes.get();
            value |= (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    /** Takes the families apart, whose first field is the name. */
    private static Map<String, ByteBuffer> families(ByteBuffer bytes) {
        Map<String, ByteBuffer> families = new LinkedHashMap<>();
        while (bytes.hasRemaining()) {
            int size = varint(bytes);
            ByteBuffer family = bytes.slice(bytes.position(), size);
            bytes.position(bytes.position() + size);
            assertEquals(NAME_FIELD, family.get());
            byte[] name = new byte[varint(family)];
            family.get(name);
            families.put(new String(name, StandardCharsets.UTF_8), family);
        }
        return families;
    }

    private static boolean hasDouble(ByteBuffer family, double value) {
        ByteBuffer bytes = family.order(ByteOrder.LITTLE_ENDIAN);
        for (int at = bytes.position(); at + Double.BYTES < bytes.limit(); at++) {
            if (bytes.get(at) == DOUBLE_FIELD && bytes.getDouble(at + 1) == value) {
                return true;
            }
        }
        return false;
    }

    @Test
    void protobufHasTheNamesAndNumbersThatTheTextHas() throws Exception {
        HypervisorConfiguration host = HypervisorConfiguration.builder()
                .cpus(4)
                .domain(DomainConfiguration.named("web").withVcpus(2).withState(DomainState.SHUTOFF))
                .build();
        try (Served served = Served.of(host)) {
            served.clock.advance(Duration.ofSeconds(10));
            PrometheusRegistry registry = new PrometheusRegistry();
            registry.register(served.collector);
            try (WebServer server = WebServer.builder()
                    .listen(ListenAddress.parse("127.0.0.1:0"))
                    .metrics(registry)
                    .start()) {
                String text = new String(scrape(server, "text/plain"), StandardCharsets.UTF_8);
                List<String> names = Stream.of(text.split("\n"))
                        .filter(line -> line.startsWith("# TYPE "))
                        .map(line -> line.split(" ", 4)[2])
                        .sorted()
                        .toList();
                Map<String, ByteBuffer> families = families(ByteBuffer.wrap(scrape(server, PROTOBUF)));
                assertEquals(names, families.keySet().stream().sorted().toList());
                assertTrue(hasDouble(families.get("vm_cpu_seconds_total"), 20), text);
                assertTrue(hasDouble(families.get("vm_vcpu_run_seconds_total"), 9.9), text);
            }
        }
    }
}
