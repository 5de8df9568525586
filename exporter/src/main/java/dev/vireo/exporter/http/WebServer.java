package dev.vireo.exporter.http;

import dev.vireo.exporter.files.SecretFile;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/**
 * Serves metrics, the page, JSON documents and events over HTTP/1.1. What one client can take up is bounded, and no thread waits
 * for one: slow ones cannot keep a scrape from being answered. Thread-safe.
 *
 * <p>Everything but {@code GET} and {@code HEAD} is answered by 405, unknown paths by 404, in plain text.
 */
public final class WebServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.vireo.exporter.http");

    private final WebServerBuilder settings;
    private final Clients clients;
    private final EventStreams streams;
    private final @Nullable TlsSetup tls;
    private final @Nullable PasswordSetup passwords;
    private final Server jetty;
    private volatile int port;
    private final Chores chores = new Chores();

    /** Returns what says what a server serves, where, and to whom. */
    public static WebServerBuilder builder() {
        return new WebServerBuilder();
    }

    static WebServer start(WebServerBuilder settings) throws ServingException {
        WebServer server = new WebServer(settings);
        server.start();
        return server;
    }

    private WebServer(WebServerBuilder settings) throws ServingException {
        this.settings = settings;
        InetSocketAddress address = settings.address.resolve();
        TlsFiles files = settings.tls;
        Path users = settings.users;
        Exposure exposure =
                new Exposure(files != null, users != null, files != null && files.clientAuthority() != null);
        if (!settings.insecure) {
            exposure.check(settings.address, address.getAddress());
        }
        clients = new Clients(settings.limits);
        streams = new EventStreams(settings.limits.eventStreams());
        tls = files == null ? null : new TlsSetup(files);
        // Who follows was let in by the former file.
        passwords = users == null ? null : new PasswordSetup(users, streams::endAll);
        Site site = new Site(settings, clients, streams, passwords, this::problems);
        jetty = JettyServer.of(
                address,
                tls == null ? null : tls.tls(),
                clients,
                settings.limits,
                site.handler(!settings.insecure && exposure.needsHostCheck(address.getAddress())));
    }

    private void start() throws ServingException {
        try {
            jetty.start();
            port = ((NetworkConnector) jetty.getConnectors()[0]).getLocalPort();
        } catch (Exception e) {
            close();
            throw new ServingException(
                    "cannot listen on " + settings.address + ": " + cause(e)
                            + "; choose another address or port with --listen ADDRESS:PORT",
                    e);
        }
        problems().forEach(problem -> LOG.log(System.Logger.Level.WARNING, "{0}", problem));
        chores.every(Duration.ofSeconds(1), clients::sweep);
        chores.every(settings.limits.heartbeat(), streams::heartbeat);
        chores.every(settings.lookEvery, this::lookForChanges);
    }

    /** Jetty wraps what the system says. */
    private static @Nullable String cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.getMessage() : cause.getMessage();
    }

    private Stream<WatchedFiles> watched() {
        return Stream.concat(
                Stream.ofNullable(tls).map(TlsSetup::watched),
                Stream.ofNullable(passwords).map(PasswordSetup::watched));
    }

    private void lookForChanges() {
        watched().forEach(WatchedFiles::look);
    }

    /** Returns the port that it listens on. */
    public int port() {
        return port;
    }

    /** Returns where it is, for a user: {@code http://127.0.0.1:9178/}. */
    public String url() {
        return (tls == null ? "http://" : "https://") + new ListenAddress(settings.address.host(), port) + "/";
    }

    /**
     * Returns what is wrong and does not keep it from serving: a changed file that cannot be used, a certificate that is
     * out of date, a secret that every user of this host can read. Each is one line. {@code /healthz} shows them, too.
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        watched().map(WatchedFiles::problem).flatMap(Optional::stream).forEach(problems::add);
        Stream.ofNullable(tls)
                .map(TlsSetup::outOfDate)
                .flatMap(Optional::stream)
                .forEach(problems::add);
        secrets().map(SecretFile::readableByOthers).flatMap(Optional::stream).forEach(problems::add);
        return problems;
    }

    private Stream<Path> secrets() {
        return Stream.concat(Stream.ofNullable(settings.tls).map(TlsFiles::key), Stream.ofNullable(settings.users));
    }

    int connections() {
        return clients.count();
    }

    long unreadBytes() {
        return clients.unread();
    }

    int eventStreams() {
        return streams.count();
    }

    /**
     * Ends all connections and streams, and the server's threads; answers under way are cut off. Returns after some
     * seconds at most; threads that do not end by then do not keep the process alive. Closing again does nothing.
     */
    @Override
    public void close() {
        chores.stop();
        streams.endAll();
        try {
            jetty.stop();
            chores.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "the web server did not end in order", e);
        }
    }
}
