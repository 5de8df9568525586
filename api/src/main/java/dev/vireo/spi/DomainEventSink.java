package dev.vireo.spi;

import dev.vireo.DomainEvent;
import dev.vireo.DomainRef;

/** Takes a driver's events. Thread-safe; it never blocks. */
@FunctionalInterface
public interface DomainEventSink {
    /**
     * Takes an event.
     *
     * @param domain whom it happened to
     * @param type what happened, not {@link DomainEvent.Type#EVENTS_LOST}
     */
    void event(DomainRef domain, DomainEvent.Type type);
}
