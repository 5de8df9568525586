package dev.vireo.driver.libvirt;

import dev.vireo.driver.libvirt.binding.DomainLookups;
import dev.vireo.driver.libvirt.binding.NativeConnection;
import dev.vireo.driver.libvirt.binding.NativeDomain;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connections besides the main one, each for one call at a time: calls that may wait for a guest. On one connection such
 * a call would hold up the others, for libvirt's client at times forgets to wake the thread that reads for all, and its
 * daemon takes five requests of a connection at a time. Opened when needed, kept for the next call. Thread-safe.
 */
final class SideConnections {
    private final ConnectionOpener opener;
    private final Deque<NativeConnection> idle = new ArrayDeque<>();
    private final Set<NativeConnection> inUse = new HashSet<>();
    private boolean closed;

    SideConnections(ConnectionOpener opener) {
        this.opener = opener;
    }

    /** Opens a connection for the next call, so that its opening does not count as the guest's delay. */
    int prepare() {
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.size();
            }
        }
        NativeConnection connection = opener.openFurther();
        synchronized (this) {
            idle.push(connection);
            return idle.size();
        }
    }

    /** Calls with a connection that nobody else uses meanwhile. */
    <R> R call(Function<NativeConnection, R> body) {
        NativeConnection connection = take();
        try {
            return body.apply(connection);
        } finally {
            giveBack(connection);
        }
    }

    /** Calls about a domain, with a connection that nobody else uses meanwhile. */
    <R> R call(LibvirtDomain domain, Function<NativeDomain, R> body) {
        return call(connection -> {
            try (NativeDomain present = new DomainLookups(connection).byUuid(domain.uuid())) {
                if (present == null || !present.identity().isSameRun(domain.identity())) {
                    domain.end();
                    throw Runs.ended(domain, "");
                }
                return body.apply(present);
            }
        });
    }

    /** Makes calls that are under way come back. */
    synchronized void shutDown() {
        inUse.forEach(NativeConnection::shutDown);
    }

    /** Closes what is idle, and opens no more; what is in use is closed when it comes back. */
    void close() {
        Deque<NativeConnection> closing;
        synchronized (this) {
            closed = true;
            closing = new ArrayDeque<>(idle);
            idle.clear();
        }
        closing.forEach(NativeConnection::close);
        opener.forget();
    }

    private NativeConnection take() {
        NativeConnection connection = pollIdle();
        while (connection != null && !connection.isAlive()) {
            connection.close();
            connection = pollIdle();
        }
        NativeConnection taken = connection == null ? opener.openFurther() : connection;
        synchronized (this) {
            inUse.add(taken);
        }
        return taken;
    }

    private void giveBack(NativeConnection connection) {
        synchronized (this) {
            inUse.remove(connection);
            if (!closed && connection.isAlive()) {
                idle.push(connection);
                return;
            }
        }
        connection.close();
    }

    private synchronized @Nullable NativeConnection pollIdle() {
        return idle.poll();
    }
}
