package dev.vireo;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in order between a driver that must not wait and a thread that calls listeners. When it is full, further
 * events are dropped until it has been emptied, and one event says so in their place.
 */
final class EventQueue {
    static final int CAPACITY = 1_024;

    private final Queue<DomainEvent> events = new ArrayDeque<>();
    private long added;
    private long taken;
    private boolean lost;
    private boolean ended;

    synchronized void add(DomainEvent event) {
        if (ended || lost) {
            return;
        }
        if (events.size() == CAPACITY) {
            lost = true;
            return;
        }
        events.add(event);
        added++;
        notifyAll();
    }

    /** Counts the events that were ever put in. */
    synchronized long added() {
        return added;
    }

    /** Counts the events that were ever taken out. */
    synchronized long taken() {
        return taken;
    }

    /** Waits for the next event; returns null when the queue has ended. */
    synchronized @Nullable DomainEvent take() {
        while (!ended) {
            DomainEvent event = events.poll();
            if (event != null) {
                taken++;
                return event;
            }
            if (lost) {
                lost = false;
                added++;
                taken++;
                return new DomainEvent(DomainEvent.Type.EVENTS_LOST, null);
            }
            try {
                wait();
            } catch (InterruptedException nobodyInterruptsThisThread) {
                // a listener that interrupts its own thread must not stop the events
            }
        }
        return null;
    }

    synchronized void end() {
        ended = true;
        events.clear();
        notifyAll();
    }
}
