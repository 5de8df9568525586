package dev.vireo.exporter.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:4318, http://localhost:4318/v1/metrics",
        "http://localhost:4318/, http://localhost:4318/v1/metrics",
        "https://collector.example/otlp/v1/metrics, https://collector.example/otlp/v1/metrics",
        "https://[::1]:4318, https://[::1]:4318/v1/metrics",
        "http://localhost:4318?key=a%2Fb, http://localhost:4318/v1/metrics?key=a%2Fb",
        "http://localhost/?key=a/, http://localhost/v1/metrics?key=a/",
        "http://localhost/otlp?key=a, http://localhost/otlp?key=a"
    })
    void anAddressWithoutPathGetsTheUsualOne(String url, String endpoint) {
        assertEquals(
                endpoint,
                OtlpSettings.builder().endpoint(url).build().endpoint().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost:4318", "ftp://localhost", "http://", "http:///v1", "http://a b", "http://a/#b"})
    void whatIsNoAddressOfAReceiverIsRefused(String url) {
        OtlpSettingsBuilder builder = OtlpSettings.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.endpoint(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me:hush@collector.example",
                "https://me:hush@collector example",
                "https://me:hush@not_a_host",
                "me:hush@collector.example",
                "collector.example:4318?key=hush",
                "https://collector.example?key=hush#hush"
            })
    void secretsInAnAddressThatIsRefusedAreNotRepeated(String url) {
        OtlpSettingsBuilder builder = OtlpSettings.builder();
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> builder.endpoint(url))
                .getMessage());
        assertFalse(message.contains("hush"), message);
    }

    @Test
    void theQueryOfAnAddressIsNotShown() {
        OtlpSettings settings =
                OtlpSettings.builder().endpoint("http://localhost?key=hush").build();
        assertEquals("to http://localhost/v1/metrics each 15 s", settings.toString());
    }

    @Test
    void theUsualPathIsAddedToTheOneOfTheGeneralVariableBeforeItsQuery() {
        OtlpSettings settings = OtlpSettings.builder()
                .environment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "https://localhost/otlp/?key=a"))
                .build();
        assertEquals(
                "https://localhost/otlp/v1/metrics?key=a", settings.endpoint().toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_536, 99_999})
    void aPortThatThereIsNotIsRefused(int port) {
        OtlpSettingsBuilder builder = OtlpSettings.builder();
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> builder.endpoint("http://localhost:" + port))
                        .getMessage());
        assertTrue(message.contains("port " + port), message);
        assertEquals(
                65_535,
                builder.endpoint("http://localhost:65535").build().endpoint().getPort());
    }
}
