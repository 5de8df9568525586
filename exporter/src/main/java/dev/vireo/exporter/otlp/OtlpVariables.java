package dev.vireo.exporter.otlp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/** OpenTelemetry's variables of the environment, as far as they concern a push of metrics. */
final class OtlpVariables {
    private static final String GENERAL = "OTEL_EXPORTER_OTLP_";
    private static final String OF_METRICS = "OTEL_EXPORTER_OTLP_METRICS_";
    private static final String PROTOCOL = "http/protobuf";

    private final Map<String, String> variables;

    OtlpVariables(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Where nobody says where to push, they are meant for other programs, and nothing in them is wrong here. */
    void applyTo(OtlpSettingsBuilder builder) {
        if (!builder.hasEndpoint() && isExporter()) {
            applyEndpointTo(builder);
        }
        if (builder.hasEndpoint()) {
            applyOthersTo(builder);
        }
    }

    private void applyEndpointTo(OtlpSettingsBuilder builder) {
        with(OF_METRICS + "ENDPOINT", url -> builder.endpoint(Endpoint.parseWhole(url)));
        if (!builder.hasEndpoint()) {
            with(GENERAL + "ENDPOINT", url -> builder.endpoint(Endpoint.parseBase(url)));
        }
        if (builder.hasEndpoint()) {
            either("PROTOCOL", OtlpVariables::requireProtocol); // what is spoken at that endpoint
        }
    }

    private void applyOthersTo(OtlpSettingsBuilder builder) {
        either("HEADERS", list -> {
            Map<String, String> headers = KeyValueList.parse(list);
            HeaderFile.requireSendable(headers);
            builder.headers = () -> headers;
        });
        either("TIMEOUT", millis -> builder.timeout(millis(millis)));
        either("COMPRESSION", builder::compression);
        either("CERTIFICATE", file -> builder.authorities(Path.of(file)));
        either("CLIENT_KEY", file -> builder.clientKey(Path.of(file)));
        either("CLIENT_CERTIFICATE", file -> builder.clientCertificate(Path.of(file)));
        with("OTEL_METRIC_EXPORT_INTERVAL", millis -> builder.interval(millis(millis)));
        with("OTEL_RESOURCE_ATTRIBUTES", list -> builder.resource.putAll(KeyValueList.parse(list)));
        with("OTEL_SERVICE_NAME", name -> builder.resource.put("service.name", name));
    }

    private boolean isExporter() {
        String exporters = variables.getOrDefault("OTEL_METRICS_EXPORTER", "");
        return exporters.isBlank()
                || Arrays.stream(exporters.split(",", -1)).map(String::strip).anyMatch("otlp"::equals);
    }

    private void either(String name, Consumer<String> use) {
        with(variables.getOrDefault(OF_METRICS + name, "").isBlank() ? GENERAL + name : OF_METRICS + name, use);
    }

    /** A variable that is set to nothing counts as not set. */
    private void with(String name, Consumer<String> use) {
        String value = variables.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return;
        }
        try {
            use.accept(value);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("in the variable " + name + ": " + wrong.getMessage(), wrong);
        }
    }

    private static void requireProtocol(String protocol) {
        if (!protocol.equals(PROTOCOL)) {
            throw new IllegalArgumentException("'" + protocol + "' is not spoken here; " + PROTOCOL + " is");
        }
    }

    private static Duration millis(String number) {
        try {
            return Duration.ofMillis(Long.parseLong(number));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("'" + number + "' is not a number of milliseconds", wrong);
        }
    }
}
