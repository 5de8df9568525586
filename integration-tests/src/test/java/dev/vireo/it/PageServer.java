package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.exporter.SnapshotFeed;
import dev.vireo.exporter.http.ListenAddress;
import dev.vireo.exporter.http.ServingException;
import dev.vireo.exporter.http.WebServer;
import dev.vireo.exporter.http.WebServerBuilder;
import dev.vireo.exporter.page.PageRoutes;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The live page of one connection, as {@code vireo serve} serves it, on a port of its own.
 *
 * @param feed reads the connection
 * @param routes turn what it reads into the page
 * @param server answers
 */
record PageServer(SnapshotFeed feed, PageRoutes routes, WebServer server) implements AutoCloseable {
    /** Serves on any free port. */
    static PageServer over(Supplier<Connection> opener) throws IOException {
        return over(opener, 0);
    }

    /** Serves on a port that somebody knows already. */
    static PageServer over(Supplier<Connection> opener, int port) throws IOException {
        return over(opener, port, InstantSource.system());
    }

    /** Serves on any free port, as the server is set up. */
    static PageServer over(Supplier<Connection> opener, WebServerBuilder setUp) throws IOException {
        return over(opener, setUp.listen(new ListenAddress("127.0.0.1", 0)), InstantSource.system());
    }

    /** Serves with another clock on the wall. */
    static PageServer over(Supplier<Connection> opener, int port, InstantSource wallClock) throws IOException {
        return over(opener, WebServer.builder().listen(new ListenAddress("127.0.0.1", port)), wallClock);
    }

    private static PageServer over(Supplier<Connection> opener, WebServerBuilder setUp, InstantSource wallClock)
            throws IOException {
        Connection first = opener.get();
        SnapshotFeed feed =
                SnapshotFeed.over(first, opener).wallClock(wallClock).start();
        PageRoutes routes = new PageRoutes(feed, first.uri().toString());
        try {
            return new PageServer(feed, routes, routes.addTo(setUp).start());
        } catch (ServingException | RuntimeException failed) {
            routes.close();
            feed.close();
            throw new IOException("cannot serve the page", failed);
        }
    }

    int port() {
        return server.port();
    }

    URI uri() {
        return URI.create(server.url());
    }

    @Override
    public void close() {
        server.close();
        routes.close();
        feed.close();
    }
}
