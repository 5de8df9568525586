package dev.vireo.exporter.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpSettingsTest {
    private static OtlpSettings of(Map<String, String> variables) {
        return OtlpSettings.builder().environment(variables).build();
    }

    /** Returns what is wrong with a variable where another one says where to push. */
    private static String refusal(String name, String value) {
        Map<String, String> variables = new HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"));
        variables.put(name, value);
        OtlpSettingsBuilder builder = OtlpSettings.builder();
        String message = assertThrows(IllegalArgumentException.class, () -> builder.environment(variables))
                .getMessage();
        return String.valueOf(message);
    }

    @Test
    void openTelemetrysVariablesSayWhereToPushAndHow() {
        OtlpSettings settings = of(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example:4318/otlp/",
                "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20a%2Cb+c, x-tenant = 7",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "2500",
                "OTEL_EXPORTER_OTLP_COMPRESSION", "none",
                "OTEL_METRIC_EXPORT_INTERVAL", "30000",
                "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=lab,service.name=ignored",
                "OTEL_SERVICE_NAME", "hosts",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        assertEquals(
                "https://collector.example:4318/otlp/v1/metrics",
                settings.endpoint().toString());
        assertEquals(
                Map.of("Authorization", "Bearer a,b+c", "x-tenant", "7"),
                settings.headers().get());
        assertEquals(Duration.ofMillis(2500), settings.timeout());
        assertEquals(Duration.ofSeconds(30), settings.interval());
        assertEquals("none", settings.compression());
        assertEquals("lab", settings.resource().get("deployment.environment.name"));
        assertEquals("hosts", settings.resource().get("service.name"));
    }

    @Test
    void aVariableOfMetricsWinsOverTheGeneralOne() {
        OtlpSettings settings = of(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "wrong, and not looked at",
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://metrics:4318/",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "wrong, and not looked at",
                "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "1000"));
        assertEquals("http://metrics:4318/", settings.endpoint().toString());
        assertEquals(Duration.ofSeconds(1), settings.timeout());
    }

    @Test
    void whatIsSetAfterTheVariablesWins() {
        OtlpSettings settings = OtlpSettings.builder()
                .environment(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://general:4318",
                        "OTEL_RESOURCE_ATTRIBUTES", "host.name=theirs"))
                .endpoint("http://said:4318")
                .host(HostIdentity.of("ours", "ours", "0123"))
                .serviceVersion("1.2")
                .build();
        assertEquals("http://said:4318/v1/metrics", settings.endpoint().toString());
        assertEquals(
                Map.of("service.name", "vireo", "service.version", "1.2", "host.name", "theirs", "host.id", "0123"),
                settings.resource());
    }

    @Test
    void anEndpointThatIsSetBeforeTheVariablesWinsOverTheirsAloneWhichIsNotLookedAt() {
        OtlpSettings settings = OtlpSettings.builder()
                .endpoint("http://said:4318")
                .environment(
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317", "OTEL_METRIC_EXPORT_INTERVAL", "30000"))
                .build();
        assertEquals("http://said:4318/v1/metrics", settings.endpoint().toString());
        assertEquals(Duration.ofSeconds(30), settings.interval());
    }

    @Test
    void variablesOfOtherProgramsAreNotLookedAtWhereNobodySaysWhereToPush() {
        Map<String, String> variables = Map.of(
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://localhost:4317",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "10s",
                "OTEL_EXPORTER_OTLP_HEADERS", "none",
                "OTEL_RESOURCE_ATTRIBUTES", "none");
        assertFalse(OtlpSettings.builder().environment(variables).hasEndpoint());
        OtlpSettingsBuilder said = OtlpSettings.builder().endpoint("http://localhost:4318");
        assertThrows(IllegalArgumentException.class, () -> said.environment(variables));
    }

    @Test
    void whatIsSpokenAtAnotherEndpointIsNotAskedOfTheOneThatIsSaid() {
        assertTrue(OtlpSettings.builder()
                .endpoint("http://localhost:4318")
                .environment(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"))
                .hasEndpoint());
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT, localhost",
        "OTEL_EXPORTER_OTLP_PROTOCOL, grpc",
        "OTEL_EXPORTER_OTLP_TIMEOUT, 10s",
        "OTEL_EXPORTER_OTLP_TIMEOUT, 0",
        "OTEL_EXPORTER_OTLP_METRICS_COMPRESSION, zstd",
        "OTEL_EXPORTER_OTLP_HEADERS, secret",
        "OTEL_EXPORTER_OTLP_HEADERS, a=secret%2",
        "OTEL_EXPORTER_OTLP_HEADERS, a=secret%0Ab:c",
        "OTEL_METRIC_EXPORT_INTERVAL, -1",
        "OTEL_EXPORTER_OTLP_TIMEOUT, 9223372036854775807",
        "OTEL_METRIC_EXPORT_INTERVAL, 9223372036854775807",
        "OTEL_METRIC_EXPORT_INTERVAL, 86400001"
    })
    void aWrongVariableIsNamedAndItsSecretsAreNot(String name, String value) {
        String message = refusal(name, value);
        assertTrue(message.contains(name), message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void timesAreADayAtMost() {
        Duration day = Duration.ofDays(1);
        OtlpSettings settings = OtlpSettings.builder()
                .endpoint("http://localhost")
                .interval(day)
                .timeout(day)
                .build();
        assertEquals(day, settings.interval());
        assertEquals(day, settings.timeout());
        OtlpSettingsBuilder builder = OtlpSettings.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.interval(day.plusNanos(1)));
        assertThrows(IllegalArgumentException.class, () -> builder.timeout(day.plusNanos(1)));
    }

    @Test
    void emptyVariablesAreNone() {
        OtlpSettingsBuilder builder = OtlpSettings.builder()
                .environment(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "",
                        "OTEL_EXPORTER_OTLP_HEADERS", " ",
                        "OTEL_EXPORTER_OTLP_TIMEOUT", ""));
        assertFalse(builder.hasEndpoint());
        assertThrows(IllegalStateException.class, builder::build);
    }

    @Test
    void noEndpointIsTakenWhereMetricsAreExportedByOthers() {
        Map<String, String> endpoint = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318");
        assertTrue(OtlpSettings.builder().environment(endpoint).hasEndpoint());
        assertFalse(OtlpSettings.builder()
                .environment(
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318", "OTEL_METRICS_EXPORTER", "none"))
                .hasEndpoint());
    }

    @Test
    void aFileOfHeadersIsCheckedAtOnceAndItsSecretsAreNotTold(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("headers");
        OtlpSettingsBuilder builder = OtlpSettings.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.headersFile(file));
        for (String wrong : new String[] {"secret\n", "na me: secret\n", ": secret", "a: secret\u0001"}) {
            Files.writeString(file, "ok: 1\n" + wrong);
            String message =
                    String.valueOf(assertThrows(IllegalArgumentException.class, () -> builder.headersFile(file))
                            .getMessage());
            assertTrue(message.contains(file.toString()), message);
            assertFalse(message.contains("secret"), message);
        }
    }

    @Test
    void secretsThatEveryUserCanReadAreAProblem(@TempDir Path directory) throws IOException {
        Path headers = Files.writeString(directory.resolve("headers"), "Authorization: Bearer 1\n");
        OtlpSettingsBuilder builder =
                OtlpSettings.builder().endpoint("http://localhost").headersFile(headers);
        Files.setPosixFilePermissions(headers, PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(List.of(), builder.build().problems());
        Files.setPosixFilePermissions(headers, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(
                List.of(headers + " can be read by every user of this host: chmod o-r " + headers),
                builder.build().problems());
    }

    @Test
    void filesOfCertificatesAreCheckedAtOnce(@TempDir Path directory) throws IOException {
        Path wrong = Files.writeString(directory.resolve("ca.pem"), "no certificate");
        for (Path file : new Path[] {wrong, directory.resolve("absent.pem")}) {
            OtlpSettingsBuilder builder =
                    OtlpSettings.builder().endpoint("https://localhost").authorities(file);
            String message = String.valueOf(
                    assertThrows(IllegalArgumentException.class, builder::build).getMessage());
            assertTrue(message.contains(file.toString()), message);
        }
    }

    @Test
    void filesOfCertificatesAreNotLookedAtWithoutTls(@TempDir Path directory) throws IOException {
        Path key = Files.writeString(directory.resolve("key.pem"), "no key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Map<String, String> variables = Map.of(
                "OTEL_EXPORTER_OTLP_CERTIFICATE",
                        directory.resolve("absent.pem").toString(),
                "OTEL_EXPORTER_OTLP_CLIENT_KEY", key.toString());
        OtlpSettingsBuilder plain =
                OtlpSettings.builder().endpoint("http://localhost").environment(variables);
        assertEquals(List.of(), plain.build().problems());
        OtlpSettingsBuilder secure =
                OtlpSettings.builder().endpoint("HTTPS://localhost").environment(variables);
        assertThrows(IllegalArgumentException.class, secure::build);
    }

    @Test
    void thisHostsIdIsToldOfThisHostAlone() {
        HostIdentity here = HostIdentity.of("node1.example.org", "node1", "0123");
        assertEquals("node1.example.org", here.name().orElseThrow());
        assertEquals("0123", here.id().orElseThrow());
        HostIdentity unnamed = HostIdentity.of(null, "node1", "0123");
        assertTrue(unnamed.name().isEmpty());
        assertTrue(unnamed.id().isEmpty());
        HostIdentity far = HostIdentity.of("node2.example.org", "node1", "0123");
        assertEquals("node2.example.org", far.name().orElseThrow());
        assertTrue(far.id().isEmpty());
        assertTrue(HostIdentity.of("node1", null, "0123").id().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "node1, node1, true",
        "node1.example.org, NODE1, true",
        "node1, node1.example.org, true",
        "node1.example.org, node1.example.org, true",
        "node1.example.org, node1.example.net, false",
        "node1, node10, false",
        "localhost, localhost, false",
        "localhost.localdomain, localhost, false"
    })
    void namesAreComparedWithTheirDomainsWhereBothHaveOneAndLocalhostIsNobodysName(
            String theirs, String ours, boolean isThis) {
        HostIdentity host = HostIdentity.of(theirs, ours, "0123");
        assertEquals(isThis, host.isThis());
        assertEquals(isThis, host.id().isPresent());
    }
}
