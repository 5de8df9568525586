package dev.vireo.driver.libvirt;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.driver.libvirt.binding.DomainIdentity;
import dev.vireo.driver.libvirt.binding.DomainLookups;
import dev.vireo.driver.libvirt.binding.LastError;
import dev.vireo.driver.libvirt.binding.NativeConnection;
import dev.vireo.driver.libvirt.binding.NativeDomain;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connections besides the main one, each for one call at a time: calls that may wait for a guest. On one connection such
 * a call would hold up the others, for libvirt's client at times forgets to wake the thread that reads for all, and its
 * daemon takes five requests of a connection at a time. Opened when needed, kept for a while for the next call.
 *
 * <p>Where there is no daemon there is nothing to hold up, and a second connection might be to another hypervisor: the
 * calls then use the main one. Thread-safe.
 */
final class SideConnections {
    /** Nobody asks whether an idle one is still there, and on the way to a far host it is soon forgotten. */
    private static final Duration MOST_IDLE = Duration.ofSeconds(5);

    private record Idle(NativeConnection connection, long sinceNanos) {
        boolean isFresh() {
            return System.nanoTime() - sinceNanos < MOST_IDLE.toNanos() && connection.isAlive();
        }
    }

    private final NativeConnection main;
    private final ConnectionOpener opener;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Set<NativeConnection> inUse = new HashSet<>();
    private final Map<NativeConnection, SideDomains> domains = new ConcurrentHashMap<>();
    private boolean isDown;

    SideConnections(NativeConnection main, ConnectionOpener opener) {
        this.main = main;
        this.opener = opener;
    }

    /** Tells whether what hangs on one of them holds up nobody else. */
    boolean areApart() {
        return main.hasDaemon();
    }

    /** Returns a connection that nobody else uses until it is given back. */
    NativeConnection take() {
        if (!main.hasDaemon()) {
            return main;
        }
        NativeConnection kept = takeIdle();
        return kept == null ? use(opener.openFurther()) : kept;
    }

    /** Gives a connection back. */
    void giveBack(NativeConnection connection) {
        if (connection == main) {
            return;
        }
        synchronized (this) {
            inUse.remove(connection);
            if (!isDown && connection.isAlive()) {
                idle.push(new Idle(connection, System.nanoTime()));
                return;
            }
        }
        close(connection);
    }

    /** Asks about a domain through a connection that was taken, and gives it back. */
    <R> R ask(NativeConnection connection, LibvirtDomain domain, Function<NativeDomain, R> question) {
        try (NativeDomain present = new DomainLookups(connection).byUuid(domain.uuid())) {
            if (present == null || !present.identity().isSameRun(domain.identity())) {
                domain.end();
                throw Runs.ended(domain, "");
            }
            return question.apply(present);
        } finally {
            giveBack(connection);
        }
    }

    /** Asks about those of a few runs that go on, through a connection apart that was taken, and gives it back. */
    <R> R askAbout(NativeConnection connection, List<DomainIdentity> runs, Function<List<NativeDomain>, R> question) {
        try {
            return question.apply(
                    domains.computeIfAbsent(connection, SideDomains::new).of(runs));
        } finally {
            giveBack(connection);
        }
    }

    /** Makes calls that are under way come back, now and from now on. */
    synchronized void shutDown() {
        isDown = true;
        inUse.forEach(NativeConnection::shutDown);
    }

    /** Closes all, when none is in use any more and none will be. */
    void close() {
        takeAllIdle().forEach(this::close);
        opener.forget();
    }

    private void close(NativeConnection connection) {
        SideDomains known = domains.remove(connection);
        if (known != null) {
            known.close();
        }
        connection.close();
    }

    private NativeConnection use(NativeConnection connection) {
        synchronized (this) {
            if (!isDown) {
                inUse.add(connection);
                return connection;
            }
        }
        connection.close();
        throw HypervisorException.of(
                ErrorCode.RPC, LastError.ORIGIN, "the daemon does not answer, and the connection was given up");
    }

    private @Nullable NativeConnection takeIdle() {
        List<NativeConnection> stale = new ArrayList<>();
        NativeConnection found = null;
        synchronized (this) {
            while (found == null && !idle.isEmpty()) {
                Idle next = idle.pop();
                if (next.isFresh()) {
                    found = next.connection();
                    inUse.add(found);
                } else {
                    stale.add(next.connection());
                }
            }
        }
        stale.forEach(this::close);
        return found;
    }

    private synchronized List<NativeConnection> takeAllIdle() {
        List<NativeConnection> all = idle.stream().map(Idle::connection).toList();
        idle.clear();
        return all;
    }
}
