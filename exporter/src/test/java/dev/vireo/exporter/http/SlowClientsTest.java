package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowClientsTest {
    private static final int CROWD = 200;
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final List<RawClient> crowd = new ArrayList<>();
    private final ScheduledExecutorService dribbling = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void sendThemHome() throws IOException {
        dribbling.shutdownNow();
        for (RawClient client : crowd) {
            client.close();
        }
    }

    private void dribble() {
        var unused = dribbling.scheduleWithFixedDelay(() -> crowd.forEach(RawClient::dribble), 0, 1, TimeUnit.SECONDS);
    }

    private void come(WebServer server, int many, String firstWords) throws IOException {
        for (int i = 0; i < many; i++) {
            crowd.add(RawClient.smallTo(server).send(firstWords));
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vireo-http"))
                .count();
    }

    @Test
    void aCrowdThatSendsAByteASecondDoesNotKeepAScrapeWaiting() throws Exception {
        try (WebServer server =
                Servers.here().limits(Servers.limits(LONG, LONG)).start()) {
            come(server, CROWD, "GET /metrics HTTP/1.1\r\nHost: local");
            dribble();
            Await.until("all have come", () -> server.connections() >= CROWD);
            for (int i = 0; i < 5; i++) {
                assertEquals(200, RawClient.get(server, "/metrics").status());
            }
            assertTrue(server.connections() >= CROWD, "they were all still there");
            assertTrue(threads() < CROWD / 2, threads() + " threads");
        }
    }

    @Test
    void aCrowdThatReadsNothingDoesNotKeepAScrapeWaitingNorItsAnswersInMemory() throws Exception {
        long most = 4_000_000;
        Limits limits = new Limits(512, LONG, LONG, LONG, most, 50, 8, LONG);
        try (WebServer server =
                Servers.here().metrics(Servers.metrics(8_000)).limits(limits).start()) {
            int length = RawClient.get(server, "/metrics").body().length;
            for (int i = 0; i < CROWD; i++) {
                come(server, 1, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
                // its answer has begun, so it has been made
                crowd.get(i).readUntil("HTTP/1.1 200 OK\r\n");
                assertTrue(server.unreadBytes() <= most + length, server.unreadBytes() + " bytes");
            }
            Reply scrape = RawClient.get(server, "/metrics");
            assertEquals(length, scrape.body().length);
            assertTrue(crowd.get(0).isThrownOut(), "the oldest gave way");
        }
    }

    @Test
    void whoFollowsAndReadsNothingCostsNoScrapeItsAnswer() throws Exception {
        AtomicReference<@Nullable ServerSentEvent> latest = new AtomicReference<>();
        EventBroadcast broadcast = new EventBroadcast(latest::get, () -> {}, () -> {});
        Limits limits = new Limits(512, LONG, LONG, LONG, 4_000_000, 50, 8, LONG);
        try (WebServer server = Servers.here()
                .metrics(Servers.metrics(8_000))
                .events("/events", broadcast)
                .limits(limits)
                .start()) {
            int length = RawClient.get(server, "/metrics").body().length;
            come(server, 3, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Await.until("all follow", () -> server.eventStreams() == 3);
            for (RawClient follower : crowd) {
                follower.readUntil("retry: 2000\n\n");
            }
            latest.set(ServerSentEvent.of("frame", new byte[5_000_000]));
            broadcast.send();
            try (RawClient scraper = RawClient.smallTo(server)) {
                scraper.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                scraper.readUntil("HTTP/1.1 200 OK\r\n");
                assertEquals(200, RawClient.get(server, "/metrics").status());
                assertTrue(scraper.readToEnd().length >= length, "its answer is whole");
            }
            assertEquals(3, server.eventStreams());
        }
    }

    @Test
    void aCrowdThatHangsInItsHandshakeDoesNotKeepAScrapeWaiting(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority(directory.resolve("ca"));
        authority.sign("server");
        try (WebServer server = Servers.here()
                .tls(authority.install("server", directory))
                .limits(Servers.limits(LONG, LONG))
                .start()) {
            come(server, CROWD / 2, "");
            // the first bytes of a ClientHello
            come(server, CROWD / 2, "\u0016\u0003\u0001\u0002");
            Await.until("all have come", () -> server.connections() >= CROWD);
            Https scraper = new Https(authority.client(null));
            for (int i = 0; i < 5; i++) {
                assertEquals(200, scraper.get(server, "/metrics").statusCode());
            }
            assertTrue(server.connections() >= CROWD, "they were all still there");
        }
    }

    @Test
    void whoDoesNotAskInTimeIsThrownOutThoughItSendsAByteNowAndThen() throws Exception {
        try (WebServer server =
                Servers.here().limits(Servers.limits(SHORT, LONG)).start()) {
            come(server, 2, "GET /metr");
            dribble();
            assertTrue(crowd.get(0).isThrownOut());
            assertTrue(crowd.get(1).isThrownOut());
        }
    }

    @Test
    void whoHangsInItsHandshakeIsThrownOut(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority(directory.resolve("ca"));
        authority.sign("server");
        try (WebServer server = Servers.here()
                .tls(authority.install("server", directory))
                .limits(Servers.limits(SHORT, LONG))
                .start()) {
            come(server, 1, "\u0016\u0003\u0001\u0002");
            assertTrue(crowd.get(0).isThrownOut());
            Await.until("nothing is left of it", () -> server.connections() == 0);
        }
    }

    @Test
    void whoDoesNotReadItsAnswerInTimeIsThrownOut() throws Exception {
        try (WebServer server = Servers.here()
                .metrics(Servers.metrics(20_000))
                .limits(Servers.limits(LONG, Duration.ofSeconds(5)))
                .start()) {
            come(server, 1, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
            crowd.get(0).readUntil("HTTP/1.1 200 OK\r\n");
            assertTrue(server.unreadBytes() > 0, "much of it waits");
            Await.until("nothing is left of it", () -> server.connections() == 0 && server.unreadBytes() == 0);
        }
    }

    @Test
    void whereAllHaveAskedAndNoneReadsTheOldestGivesWay() throws Exception {
        Limits limits = new Limits(20, LONG, LONG, LONG, 1_000_000_000, 50, 8, LONG);
        try (WebServer server =
                Servers.here().metrics(Servers.metrics(8_000)).limits(limits).start()) {
            for (int i = 0; i < 20; i++) {
                come(server, 1, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
                crowd.get(i).readUntil("HTTP/1.1 200 OK\r\n");
            }
            Reply scrape = RawClient.get(server, "/metrics");
            assertEquals(200, scrape.status());
            assertTrue(crowd.get(0).isThrownOut(), "the oldest gave way");
            assertTrue(server.connections() <= 20, server.connections() + " connections");
        }
    }

    @Test
    void whereThereIsNoMoreRoomWhoHasWaitedLongestGivesWay() throws Exception {
        Limits limits = new Limits(20, LONG, LONG, LONG, 1_000_000, 50, 8, LONG);
        try (WebServer server = Servers.here().limits(limits).start()) {
            come(server, 20, "GET /");
            Await.until("all have come", () -> server.connections() == 20);
            assertEquals(200, RawClient.get(server, "/metrics").status());
            come(server, 50, "GET /");
            assertEquals(200, RawClient.get(server, "/metrics").status());
            assertTrue(server.connections() <= 20, server.connections() + " connections");
        }
    }
}
