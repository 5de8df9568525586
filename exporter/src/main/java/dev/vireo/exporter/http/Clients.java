package dev.vireo.exporter.http;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Knows all connections and ends those that take too much. Where there is not room for all, whoever has waited longest
 * without asking gives way to who comes now, and where all have asked, whoever has not read its answer for longest: a
 * scrape asks as soon as it is connected, and reads at once. Thread-safe.
 */
final class Clients implements Connection.Listener {
    // System.nanoTime() may be near its overflow; what is compared counts from here.
    private static final long ORIGIN = System.nanoTime();
    private static final Comparator<Client> OLDEST = Comparator.comparingLong(client -> client.sinceNanos() - ORIGIN);

    private final Limits limits;
    private final Map<EndPoint, Client> clients = new ConcurrentHashMap<>();

    Clients(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void onOpened(Connection connection) {
        // Of TLS there are two, one within the other: they are one client.
        EndPoint endPoint = transport(connection.getEndPoint());
        Client client = clients.computeIfAbsent(endPoint, Client::new);
        while (clients.size() > limits.connections()) {
            makeRoom(client);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        clients.remove(transport(connection.getEndPoint()));
    }

    Client of(Request request) {
        EndPoint endPoint =
                transport(request.getConnectionMetaData().getConnection().getEndPoint());
        return clients.computeIfAbsent(endPoint, Client::new);
    }

    int count() {
        return clients.size();
    }

    private static EndPoint transport(EndPoint endPoint) {
        EndPoint outer = endPoint;
        while (outer instanceof EndPoint.Wrapper wrapper) {
            outer = wrapper.unwrap();
        }
        return outer;
    }

    private void makeRoom(Client newcomer) {
        Optional<Client> idle = others(newcomer)
                .filter(Client::waits)
                .min(Comparator.comparing(Client::hasAsked).thenComparing(OLDEST));
        end(idle.or(() -> oldestHoarder(newcomer)).orElse(newcomer));
    }

    /** Ends answers that others have not read, the oldest first, until what is left fits. */
    void makeMemory(Client reader) {
        while (unread() > limits.unreadBytes()) {
            Optional<Client> oldest = oldestHoarder(reader);
            if (oldest.isEmpty()) {
                return;
            }
            end(oldest.get());
        }
    }

    private Optional<Client> oldestHoarder(Client notThisOne) {
        return others(notThisOne).filter(Client::hoards).min(OLDEST);
    }

    private Stream<Client> others(Client one) {
        return clients.values().stream().filter(client -> client != one);
    }

    long unread() {
        return clients.values().stream().mapToLong(Client::unread).sum();
    }

    /** Ends whatever is due; to be called about once a second. */
    void sweep() {
        long now = System.nanoTime();
        clients.values().stream()
                .filter(client -> !client.isOpen() || client.isDue(limits, now))
                .forEach(this::end);
    }

    // Taken off at once: Jetty tells of the end later, and until then the same one would be chosen again.
    private void end(Client client) {
        client.close();
        clients.values().remove(client);
    }
}
