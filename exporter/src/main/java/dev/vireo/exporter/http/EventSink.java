package dev.vireo.exporter.http;

/** Takes the events for one client. Thread-safe. */
public interface EventSink {
    /**
     * Sends an event. Never waits: a client that does not read as fast as events come is dropped.
     *
     * @param event what to send; one event may be sent to many clients, and is in memory once
     */
    void send(ServerSentEvent event);
}
