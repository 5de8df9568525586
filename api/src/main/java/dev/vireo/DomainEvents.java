package dev.vireo;

import dev.vireo.spi.ConnectDomainEventRegister;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands a driver's events to the listeners of a connection: one registration with the driver and one thread, both for as
 * long as somebody listens.
 */
final class DomainEvents {
    private final Connection connection;
    private final Dispatch dispatch;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    // held while the driver registers and unregisters; never by the thread that calls listeners while it calls one
    private final ReentrantLock lifecycle = new ReentrantLock();
    private @Nullable Registration registration;
    private @Nullable EventQueue queue;

    DomainEvents(Connection connection, Dispatch dispatch) {
        this.connection = connection;
        this.dispatch = dispatch;
    }

    Subscription subscribe(ConnectDomainEventRegister function, Consumer<? super DomainEvent> consumer) {
        lifecycle.lock();
        try {
            EventQueue events = queue == null ? start(function) : queue;
            Listener listener = new Listener(consumer, events);
            listeners.add(listener);
            return listener;
        } finally {
            lifecycle.unlock();
        }
    }

    /** Ends everything, when no call is in flight; does not wait for a listener that is just running. */
    void connectionClosed() {
        lifecycle.lock();
        try {
            listeners.clear();
            stop();
        } finally {
            lifecycle.unlock();
        }
    }

    private EventQueue start(ConnectDomainEventRegister function) {
        EventQueue events = new EventQueue();
        registration =
                function.register((domain, type) -> events.add(new DomainEvent(type, connection.domain(domain))));
        queue = events;
        try {
            Thread thread = new Thread(() -> deliver(events), "vireo-events " + connection.uri());
            thread.setDaemon(true);
            thread.start();
            return events;
        } catch (Throwable noThread) {
            stop();
            throw noThread;
        }
    }

    private void stop() {
        if (registration == null || queue == null) {
            return;
        }
        queue.end();
        Registration ending = registration;
        registration = null;
        queue = null;
        ending.close();
    }

    private void deliver(EventQueue events) {
        for (DomainEvent event = events.take(); event != null; event = events.take()) {
            for (Listener listener : listeners) {
                listener.deliver(event, events);
            }
        }
    }

    private void remove(Listener listener) {
        lifecycle.lock();
        try {
            listeners.remove(listener);
            DriverSession session = listeners.isEmpty() ? dispatch.tryEnter() : null;
            if (session != null) {
                try {
                    stop();
                } finally {
                    dispatch.end();
                }
            }
        } finally {
            lifecycle.unlock();
        }
    }

    private final class Listener implements Subscription {
        private final Consumer<? super DomainEvent> consumer;
        private final EventQueue events;
        // what was queued before is not this listener's
        private final long first;
        // held while the consumer runs, so that close() can promise that no call is under way
        private final ReentrantLock delivery = new ReentrantLock();
        private boolean closed;

        Listener(Consumer<? super DomainEvent> consumer, EventQueue events) {
            this.consumer = consumer;
            this.events = events;
            this.first = events.added();
        }

        void deliver(DomainEvent event, EventQueue from) {
            delivery.lock();
            try {
                if (!closed && from == events && from.taken() > first) {
                    consumer.accept(event);
                }
            } catch (Throwable broken) {
                // also an Error: it must not end the thread that the other listeners live on
                dispatch.reported(
                        Operation.CONNECT_DOMAIN_EVENT_REGISTER.name(),
                        HypervisorException.of(
                                ErrorCode.OPERATION_FAILED,
                                HypervisorException.LIBRARY,
                                "a domain event listener failed on " + event + ": " + broken,
                                broken));
            } finally {
                delivery.unlock();
            }
        }

        @Override
        public void close() {
            if (markClosed()) {
                remove(this);
            }
        }

        private boolean markClosed() {
            delivery.lock();
            try {
                boolean wasOpen = !closed;
                closed = true;
                return wasOpen;
            } finally {
                delivery.unlock();
            }
        }
    }
}
