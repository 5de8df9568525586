package dev.vireo.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vireo.Connection;
import dev.vireo.HypervisorException;
import dev.vireo.exporter.FeedListener;
import dev.vireo.exporter.SnapshotFeed;
import dev.vireo.exporter.page.LivePage;
import dev.vireo.monitor.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** Serves the live page of one connection on a port of its own. */
final class PageServer implements AutoCloseable {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Collection<BlockingQueue<byte[]>> followers = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final LivePage page;
    private final SnapshotFeed feed;
    private final HttpServer server;

    private PageServer(Supplier<Connection> opener, int port) throws IOException {
        Connection first = opener.get();
        page = new LivePage(first.uri().toString());
        feed = SnapshotFeed.over(first, opener).start();
        feed.listen(page);
        feed.listen(new FeedListener() {
            @Override
            public void sampled(Snapshot snapshot) {
                followers.forEach(each -> each.add(page.frame()));
            }

            @Override
            public void failed(HypervisorException failure) {
                followers.forEach(each -> each.add(page.frame()));
            }
        });
        feed.watch();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Serves on any free port. */
    static PageServer over(Supplier<Connection> opener) throws IOException {
        return new PageServer(opener, 0);
    }

    /** Serves on a port that somebody knows already. */
    static PageServer over(Supplier<Connection> opener, int port) throws IOException {
        return new PageServer(opener, port);
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        feed.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            String path = exchange.getRequestURI().getPath();
            switch (path) {
                case "/api/v1/events" -> follow(exchange);
                case "/api/v1/history" -> send(exchange, "application/json", page.history());
                case "/api/v1/snapshot" -> send(exchange, "application/json", page.snapshot());
                default -> file(exchange, path.equals("/") ? "index.html" : path.substring(1));
            }
        }
    }

    private void follow(HttpExchange exchange) throws IOException {
        BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        frames.add(page.frame());
        followers.add(frames);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write("event: frame\ndata: ".getBytes(StandardCharsets.UTF_8));
                out.write(frames.take());
                out.write("\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            followers.remove(frames);
        }
    }

    private static void file(HttpExchange exchange, String name) throws IOException {
        try (InputStream in = LivePage.class.getResourceAsStream(name)) {
            if (in == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                send(exchange, type(name), in.readAllBytes());
            }
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript";
            case "css" -> "text/css";
            case "svg" -> "image/svg+xml";
            default -> "text/html; charset=utf-8";
        };
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }
}
