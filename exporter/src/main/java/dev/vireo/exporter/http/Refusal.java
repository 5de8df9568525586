package dev.vireo.exporter.http;

import java.util.Map;

/**
 * An answer that is not what was asked for.
 *
 * @param status the HTTP status
 * @param text what is wrong and what to do, one line
 * @param headers what goes with it
 * @param last whether the connection ends with it
 */
record Refusal(int status, String text, Map<String, String> headers, boolean last) {
    static Refusal of(int status, String text) {
        return new Refusal(status, text, Map.of(), false);
    }

    /** Returns a refusal for now: the client is told to come back. */
    static Refusal later(String text, int seconds) {
        return new Refusal(503, text, Map.of("Retry-After", Integer.toString(seconds)), false);
    }

    Refusal with(String header, String value) {
        return new Refusal(status, text, Map.of(header, value), last);
    }

    Refusal andClose() {
        return new Refusal(status, text, headers, true);
    }
}
