package dev.vireo.exporter.http;

import dev.vireo.Subscription;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the latest event to all who follow, to who begins to follow at once, and says when anybody begins to follow and when nobody does any more. Thread-safe.
 */
public final class EventBroadcast implements EventSource {
    private final Supplier<@Nullable ServerSentEvent> latest;
    private final Runnable somebody;
    private final Runnable nobody;
    private final Set<EventSink> sinks = new LinkedHashSet<>();

    /**
     * Makes a broadcast that nobody follows.
     *
     * @param latest gives what there is to send now; null for nothing
     * @param somebody called when the first one begins to follow; must not wait
     * @param nobody called when the last one has gone; must not wait
     */
    public EventBroadcast(Supplier<@Nullable ServerSentEvent> latest, Runnable somebody, Runnable nobody) {
        this.latest = latest;
        this.somebody = somebody;
        this.nobody = nobody;
    }

    /** Sends the latest event to all who follow now; nobody gets one after a later one. */
    public synchronized void send() {
        ServerSentEvent event = latest.get();
        if (event != null) {
            // a copy: whoever does not read is dropped meanwhile
            for (EventSink sink : sinks.toArray(new EventSink[0])) {
                sink.send(event);
            }
        }
    }

    /** Tells whether anybody follows: if not, an event need not be made. */
    public synchronized boolean isFollowed() {
        return !sinks.isEmpty();
    }

    @Override
    public Subscription subscribe(EventSink sink) {
        greet(sink);
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                remove(sink);
            }
        };
    }

    // Both callbacks run under the lock, so that they come in the order in which what they tell happened.
    // And no event passes between the first one and those that follow it.
    private synchronized void greet(EventSink sink) {
        ServerSentEvent greeting = latest.get();
        if (greeting != null) {
            sink.send(greeting);
        }
        if (sinks.isEmpty()) {
            somebody.run();
        }
        sinks.add(sink);
    }

    private synchronized void remove(EventSink sink) {
        if (sinks.remove(sink) && sinks.isEmpty()) {
            nobody.run();
        }
    }
}
