package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamTest {
    private static final String FOLLOW = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger began = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<ServerSentEvent> latest = new AtomicReference<>(event("first"));
    private final EventBroadcast broadcast =
            new EventBroadcast(latest::get, began::incrementAndGet, ended::incrementAndGet);
    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void sendThemHome() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    private static ServerSentEvent event(String data) {
        return ServerSentEvent.of("frame", data.getBytes(StandardCharsets.UTF_8));
    }

    private void send(ServerSentEvent event) {
        latest.set(event);
        broadcast.send();
    }

    private WebServer server(Limits limits) throws ServingException {
        return Servers.here().events("/events", broadcast).limits(limits).start();
    }

    private static Limits limits(int streams, int unreadEvents, Duration heartbeat) {
        return new Limits(512, LONG, LONG, LONG, 64_000_000, streams, unreadEvents, heartbeat);
    }

    private RawClient follow(WebServer server) throws IOException {
        RawClient client = RawClient.smallTo(server).send(FOLLOW);
        clients.add(client);
        return client;
    }

    @Test
    void whoFollowsGetsTheFirstEventAtOnceAndThenEachAsItComes() throws Exception {
        try (WebServer server = server(Limits.STANDARD)) {
            RawClient client = follow(server);
            String start = client.readUntil("event: frame\ndata: first\n\n");
            assertTrue(start.contains("Content-Type: text/event-stream"), start);
            assertTrue(start.contains("retry: 2000\n\n"), start);
            Await.until("it follows", broadcast::isFollowed);
            send(event("second"));
            client.readUntil("event: frame\ndata: second\n\n");
        }
    }

    @Test
    void dataOfSeveralLinesArrivesAsThose() throws Exception {
        try (WebServer server = server(Limits.STANDARD)) {
            RawClient client = follow(server);
            Await.until("it follows", broadcast::isFollowed);
            send(event("one\ntwo\rthree"));
            client.readUntil("data: one\ndata: two\ndata: three\n\n");
        }
    }

    @Test
    void aLineComesNowAndThenThoughNothingHappens() throws Exception {
        try (WebServer server = server(limits(50, 8, Duration.ofMillis(50)))) {
            RawClient client = follow(server);
            client.readUntil(": still here\n\n");
            client.readUntil(": still here\n\n");
        }
    }

    @Test
    void itIsToldWhenSomebodyBeginsToFollowAndWhenNobodyDoesAnyMore() throws Exception {
        try (WebServer server = server(limits(50, 8, Duration.ofMillis(50)))) {
            follow(server);
            follow(server);
            Await.until("both follow", () -> server.eventStreams() == 2);
            clients.get(0).close();
            Await.until("one has gone", () -> server.eventStreams() == 1);
            assertEquals(1, began.get());
            assertEquals(0, ended.get());
            clients.get(1).close();
            Await.until("the other has gone", () -> ended.get() == 1);
            assertFalse(broadcast.isFollowed());
        }
    }

    @Test
    void whereAllStreamsAreTakenOneMoreIsAskedToComeLaterAndTheRestIsServed() throws Exception {
        try (WebServer server = server(limits(3, 8, Duration.ofMillis(50)))) {
            for (int i = 0; i < 3; i++) {
                follow(server).readUntil("data: first\n\n");
            }
            Reply refused = RawClient.get(server, "/events");
            assertEquals(503, refused.status());
            assertEquals("10", refused.header("retry-after"));
            assertEquals(200, RawClient.get(server, "/metrics").status());
            clients.get(0).close();
            Await.until("a place is free", () -> server.eventStreams() < 3);
            follow(server).readUntil("data: first\n\n");
        }
    }

    @Test
    void whoDoesNotReadIsDroppedAndTheOthersAreNot() throws Exception {
        try (WebServer server = server(limits(50, 4, LONG))) {
            follow(server).readUntil("data: first\n\n");
            RawClient reader = follow(server);
            reader.readUntil("data: first\n\n");
            Await.until("both follow", () -> server.eventStreams() == 2);
            ServerSentEvent large = event("x".repeat(200_000));
            for (int i = 0; i < 20; i++) {
                send(large);
                reader.readUntil("x\n\n");
            }
            assertTrue(clients.get(0).isThrownOut());
            Await.until("the reader alone follows", () -> server.eventStreams() == 1);
            send(event("last"));
            reader.readUntil("data: last\n\n");
        }
    }

    @Test
    void aFollowerIsNotThrownOutByTheLimitsOfOtherAnswers() throws Exception {
        Limits limits =
                new Limits(512, Duration.ofSeconds(1), LONG, Duration.ofMillis(1), 1, 50, 8, Duration.ofMillis(50));
        try (WebServer server = server(limits)) {
            RawClient client = follow(server);
            for (int i = 0; i < 60; i++) {
                client.readUntil(": still here\n\n");
            }
        }
    }

    @Test
    void headSaysWhatItIsAndTakesNoPlace() throws Exception {
        try (WebServer server = server(Limits.STANDARD)) {
            Reply reply = RawClient.ask(server, "HEAD /events HTTP/1.1\r\nHost: localhost\r\n");
            assertEquals("text/event-stream; charset=utf-8", reply.header("content-type"));
            assertEquals(0, server.eventStreams());
        }
    }

    @Test
    void closingTheServerEndsTheStreams() throws Exception {
        WebServer server = server(Limits.STANDARD);
        RawClient client;
        try (server) {
            client = follow(server);
            client.readUntil("data: first\n\n");
            Await.until("it follows", broadcast::isFollowed);
        }
        assertTrue(client.isThrownOut());
        assertFalse(broadcast.isFollowed());
        assertEquals(0, server.eventStreams());
    }

    @Test
    void fiftyFollowersNeedNoThreadEach() throws Exception {
        try (WebServer server = server(Limits.STANDARD)) {
            for (int i = 0; i < 50; i++) {
                follow(server).readUntil("data: first\n\n");
            }
            send(event("to all"));
            for (RawClient client : clients) {
                client.readUntil("data: to all\n\n");
            }
            long threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("vireo-http"))
                    .count();
            assertTrue(threads < 50, threads + " threads");
            assertEquals(503, RawClient.get(server, "/events").status());
        }
    }
}
