package dev.vireo.exporter.http;

import java.time.Duration;

/**
 * How much of the server clients may take up. Immutable.
 *
 * @param connections how many at once; when one more comes, one that waits or does not read gives way
 * @param requestTime how long a new connection may take until it has asked, TLS handshake included
 * @param idleTime how long a connection may be kept after an answer until the next request is complete
 * @param answerTime how long an answer may take, from the request until the client has read it
 * @param unreadBytes how much the answers that clients have not read yet may hold; beyond it the oldest give way
 * @param eventStreams how many at once
 * @param unreadEvents how many events may wait for one client; beyond it, it is dropped
 * @param heartbeat how often an event stream gets a comment line
 */
record Limits(
        int connections,
        Duration requestTime,
        Duration idleTime,
        Duration answerTime,
        long unreadBytes,
        int eventStreams,
        int unreadEvents,
        Duration heartbeat) {
    /** Request line and headers together, in bytes. */
    static final int REQUEST_BYTES = 8 * 1024;

    static final int REQUEST_HEADERS = 100;

    static final Limits STANDARD = new Limits(
            512,
            Duration.ofSeconds(10),
            Duration.ofSeconds(130),
            Duration.ofSeconds(30),
            64 * 1024 * 1024,
            50,
            8,
            Duration.ofSeconds(15));
}
