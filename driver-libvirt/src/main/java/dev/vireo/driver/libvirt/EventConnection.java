package dev.vireo.driver.libvirt;

import dev.vireo.driver.libvirt.binding.LifecycleEvents;
import dev.vireo.driver.libvirt.binding.NativeConnection;

/**
 * Where a session hears of events: a connection of its own that the event loop watches, since to be watched makes each call
 * on a connection dearer. Where there is no daemon it is the main one.
 */
final class EventConnection implements AutoCloseable {
    private final NativeConnection connection;
    private final boolean isOwn;
    private final LifecycleEvents events;

    private EventConnection(NativeConnection connection, boolean isOwn, LifecycleEvents events) {
        this.connection = connection;
        this.isOwn = isOwn;
        this.events = events;
    }

    static EventConnection open(NativeConnection main, ConnectionOpener opener, LifecycleEvents.Listener listener) {
        boolean isOwn = main.hasDaemon();
        NativeConnection connection = isOwn ? opener.openWatched() : main;
        try {
            return new EventConnection(connection, isOwn, LifecycleEvents.register(connection, listener));
        } catch (RuntimeException noEvents) {
            if (isOwn) {
                connection.close();
            }
            throw noEvents;
        }
    }

    NativeConnection connection() {
        return connection;
    }

    @Override
    public void close() {
        events.close();
        if (isOwn) {
            connection.close();
        }
    }
}
