package dev.vireo.exporter.http;

import javax.net.ssl.SSLContext;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's TLS with a context that can be replaced while it serves: each new connection gets the one of that moment, and
 * the others keep theirs. (Jetty's own reload has a moment in which it has none.) Sessions go with their context, so
 * none that an older authority let in is resumed.
 */
final class CurrentTls extends SslContextFactory.Server {
    private volatile @Nullable SSLContext current;

    /** Must be given a context before it is started. */
    CurrentTls(boolean askClients) {
        setIncludeProtocols("TLSv1.3", "TLSv1.2");
        setNeedClientAuth(askClients);
        setRenegotiationAllowed(false);
    }

    void replace(SSLContext context) {
        if (!isStarted()) {
            setSslContext(context);
        }
        current = context;
    }

    @Override
    public @Nullable SSLContext getSslContext() {
        return current;
    }
}
