package dev.vireo.exporter.http;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Sets up Jetty: HTTP/1.1, one selector, few threads; none of them waits for a client. */
final class JettyServer {
    // More than all admissions together let in, so that one is always free for what needs none.
    private static final int MOST_THREADS = 64;
    private static final int ACCEPT_QUEUE = 256;
    private static final int SEND_BUFFER = 256 * 1024;
    private static final int STOP_MILLIS = 2000;
    // Jetty tells at INFO that it starts and stops, and by these three at WARNING of each request that is not well. The
    // references keep the levels from being collected.
    private static final Map<Logger, Level> LOGS = Map.of(
            Logger.getLogger("org.eclipse.jetty"), Level.WARNING,
            Logger.getLogger("org.eclipse.jetty.http.HttpParser"), Level.SEVERE,
            Logger.getLogger("org.eclipse.jetty.server.Response"), Level.SEVERE,
            Logger.getLogger("org.eclipse.jetty.util.HostPort"), Level.SEVERE);

    private JettyServer() {}

    static Server of(
            InetSocketAddress address,
            SslContextFactory.@Nullable Server tls,
            Clients clients,
            Limits limits,
            Handler handler) {
        LOGS.forEach(JettyServer::quieten);
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 4);
        threads.setName("vireo-http");
        threads.setDaemon(true);
        threads.setStopTimeout(STOP_MILLIS);
        Server server = new Server(threads);
        // An answer that is under way at the end is cut off: a scraper asks again.
        server.setStopTimeout(0);
        server.setErrorHandler(new PlainErrors());
        server.setHandler(handler);
        server.addConnector(connector(server, address, tls, clients, limits));
        return server;
    }

    private static void quieten(Logger log, Level level) {
        if (log.getLevel() == null) {
            log.setLevel(level);
        }
    }

    private static Connector connector(
            Server server,
            InetSocketAddress address,
            SslContextFactory.@Nullable Server tls,
            Clients clients,
            Limits limits) {
        HttpConnectionFactory http = new HttpConnectionFactory(configuration(tls != null));
        ServerConnector connector = tls == null
                ? new ServerConnector(server, 1, 1, http)
                : new ServerConnector(
                        server, 1, 1, new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()), http);
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        // Linux would grow it to 4 MiB for each client that does not read.
        connector.setAcceptedSendBufferSize(SEND_BUFFER);
        // Clients ends connections by what they do; this is for one that does nothing at all.
        connector.setIdleTimeout(limits.idleTime().toMillis() * 2);
        connector.addBean(clients);
        return connector;
    }

    private static HttpConfiguration configuration(boolean secure) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(Limits.REQUEST_BYTES);
        configuration.setSendServerVersion(false);
        // A body is refused, not waited for.
        configuration.setDelayDispatchUntilContent(false);
        if (secure) {
            // Which name a client used is its own affair: it has checked the certificate.
            configuration.addCustomizer(new SecureRequestCustomizer(false));
        }
        return configuration;
    }
}
