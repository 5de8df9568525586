package dev.vireo.exporter.http;

import dev.vireo.Subscription;

/** Gives events to those who follow. Called by several threads at once. */
@FunctionalInterface
public interface EventSource {
    /**
     * Begins to send events to one more client; may send the first one at once. Never waits.
     *
     * @param sink takes the events, until the subscription is closed and shortly after
     * @return what ends it: closed once, when the client has gone, by any thread
     */
    Subscription subscribe(EventSink sink);
}
