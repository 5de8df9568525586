package dev.vireo.exporter.otlp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The format of OpenTelemetry's variables that hold several values: {@code key=value,key=value}, percent-encoded. */
final class KeyValueList {
    private KeyValueList() {}

    /** Values are not told in errors: they may be secret. */
    static Map<String, String> parse(String list) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : list.split(",", -1)) {
            int equals = part.indexOf('=');
            if (part.isBlank()) {
                continue;
            }
            if (equals < 1) {
                throw new IllegalArgumentException("a part of the list is no key=value");
            }
            values.put(
                    part.substring(0, equals).strip(),
                    decode(part.substring(equals + 1).strip()));
        }
        return values;
    }

    private static String decode(String value) {
        try {
            // a plus is a plus, other than in forms
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("a value has a % without two hexadecimal digits after it");
        }
    }
}
