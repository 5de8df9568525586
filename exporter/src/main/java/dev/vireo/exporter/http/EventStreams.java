package dev.vireo.exporter.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** All event streams of the server, of all paths together: no more than there may be. Thread-safe. */
final class EventStreams {
    private final Semaphore places;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    EventStreams(int most) {
        places = new Semaphore(most);
    }

    /** Takes a place, if one is free; {@link #leave} gives it back. */
    boolean enter() {
        return places.tryAcquire();
    }

    void add(EventStream stream) {
        streams.add(stream);
    }

    /** Gives a place back, once for each that was taken. */
    void leave(EventStream stream) {
        streams.remove(stream);
        places.release();
    }

    int count() {
        return streams.size();
    }

    /** Sends a line to each, so that a connection without anybody behind it is found out. */
    void heartbeat() {
        streams.forEach(stream -> stream.send(ServerSentEvent.heartbeat()));
    }

    void endAll() {
        streams.forEach(EventStream::end);
    }
}
