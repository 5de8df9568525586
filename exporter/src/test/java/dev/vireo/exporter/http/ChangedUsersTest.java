package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream that begins at the very moment at which the users change. */
class ChangedUsersTest {
    private static final String FOLLOW = "GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
            + Base64.getEncoder().encodeToString("a:pass".getBytes(StandardCharsets.UTF_8)) + "\r\n\r\n";

    private final AtomicReference<Passwords> users = new AtomicReference<>(users("a", "pass"));
    private final AtomicReference<Passwords> changed = new AtomicReference<>();
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final EventStreams streams = new EventStreams(5);
    private final Clients clients = new Clients(Limits.STANDARD);
    private Server server;

    private static Passwords users(String user, String password) {
        return PasswordFile.parse(
                user + ":" + BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, password.toCharArray()));
    }

    @BeforeEach
    void start() throws Exception {
        RequestCheck authentication = new BasicAuthentication(users::get);
        // Comes after the password has been compared, and before there is a stream.
        RequestCheck change = request -> {
            users.set(changed.get());
            streams.endAll();
            return null;
        };
        EventSource source = sink -> {
            subscribed.set(true);
            return () -> {};
        };
        EventRoute route = new EventRoute(source, streams, clients, 8, authentication);
        Gate gate = new Gate(clients, List.of(authentication, change));
        gate.setHandler(new Routes(Map.of("/events", route), Routes::unknown));
        server = JettyServer.of(Servers.HERE.resolve(), null, clients, Limits.STANDARD, gate);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private RawClient follow() throws Exception {
        return RawClient.to(((NetworkConnector) server.getConnectors()[0]).getLocalPort())
                .send(FOLLOW);
    }

    @Test
    void whoIsNotAmongThemAnyMoreFollowsNothing() throws Exception {
        changed.set(users("b", "pass"));
        try (RawClient client = follow()) {
            assertEquals(0, client.readToEnd().length);
            Await.until("its place is free", () -> streams.count() == 0);
            assertFalse(subscribed.get());
        }
    }

    @Test
    void whoIsStillAmongThemFollows() throws Exception {
        changed.set(users("a", "pass"));
        try (RawClient client = follow()) {
            client.readUntil("retry: 2000\n\n");
            Await.until("it has subscribed", subscribed::get);
            assertEquals(1, streams.count());
        }
    }
}
