package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.DomainEvent;
import dev.vireo.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The events of one guest that a connection told of, in the order in which they came. */
final class EventLog implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String guest;
    private final List<DomainEvent.Type> types = new CopyOnWriteArrayList<>();

    private Subscription subscription;

    private EventLog(String guest) {
        this.guest = guest;
    }

    static EventLog of(Connection connection, String guest) {
        EventLog log = new EventLog(guest);
        log.subscription = connection.onDomainEvent(log::add);
        return log;
    }

    private void add(DomainEvent event) {
        if (event.type() != DomainEvent.Type.EVENTS_LOST
                && event.domain().name().equals(guest)) {
            types.add(event.type());
        }
    }

    List<DomainEvent.Type> types() {
        return List.copyOf(types);
    }

    void await(DomainEvent.Type type) throws IOException {
        Await.until(() -> "the event " + type + " comes; so far: " + types, LIMIT, () -> types.contains(type));
    }

    /** Fails unless these came in this order; others may have come between them. */
    void assertInOrder(DomainEvent.Type... expected) {
        Iterator<DomainEvent.Type> told = types.iterator();
        for (DomainEvent.Type type : expected) {
            boolean found = false;
            while (!found && told.hasNext()) {
                found = told.next() == type;
            }
            assertTrue(found, () -> List.of(expected) + " should have come in this order: " + types);
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
