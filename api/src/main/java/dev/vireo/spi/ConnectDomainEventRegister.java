package dev.vireo.spi;

/** Implements {@link dev.vireo.Connection#onDomainEvent}. */
@FunctionalInterface
public interface ConnectDomainEventRegister {
    /**
     * Starts to report events. Called at most once at a time; the library hands them on to all listeners.
     *
     * @param sink takes the events, in their order; it never blocks and may be called on any thread
     * @return ends the reporting when it is closed, which happens before the session is closed
     */
    Registration register(DomainEventSink sink);
}
