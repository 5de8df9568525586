package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Pointer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.ConnectionPointer;
import org.libvirt.jna.DomainPointer;
import org.libvirt.jna.Libvirt;

/**
 * The life-cycle events of a connection's domains: {@code virConnectDomainEventRegisterAny}. libvirt has one callback for
 * all connections, which is never collected; it tells them apart by a number.
 */
public final class LifecycleEvents implements AutoCloseable {
    /** Takes events on libvirt's event loop, which it must not hold up. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Takes an event.
         *
         * @param domain whom it happened to
         * @param event a {@code virDomainEventType}
         */
        void event(DomainIdentity domain, int event);
    }

    private static final int LIFECYCLE = 0;
    private static final Map<Long, Listener> LISTENERS = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT_KEY = new AtomicLong(1);

    private static final Libvirt.VirConnectDomainEventCallback CALLBACK = LifecycleEvents::deliver;

    private final NativeConnection connection;
    private final long key;
    private final int callbackId;

    private LifecycleEvents(NativeConnection connection, long key, int callbackId) {
        this.connection = connection;
        this.key = key;
        this.callbackId = callbackId;
    }

    /**
     * Starts to deliver events.
     *
     * @param connection whose domains are watched
     * @param listener takes the events
     * @return ends the delivery when it is closed, before the connection
     */
    public static LifecycleEvents register(NativeConnection connection, Listener listener) {
        long key = NEXT_KEY.getAndIncrement();
        LISTENERS.put(key, listener);
        int id = LibvirtLibrary.java()
                .virConnectDomainEventRegisterAny(
                        connection.pointer(), null, LIFECYCLE, CALLBACK, new Pointer(key), null);
        if (id < 0) {
            LISTENERS.remove(key);
            throw LastError.of("virConnectDomainEventRegisterAny");
        }
        return new LifecycleEvents(connection, key, id);
    }

    @Override
    public void close() {
        LISTENERS.remove(key);
        LibvirtLibrary.java().virConnectDomainEventDeregisterAny(connection.pointer(), callbackId);
    }

    private static int deliver(
            @Nullable ConnectionPointer connection,
            @Nullable DomainPointer domain,
            int event,
            int detail,
            @Nullable Pointer key) {
        Listener listener = LISTENERS.get(Pointer.nativeValue(key));
        if (listener != null && domain != null) {
            listener.event(DomainIdentity.at(Pointer.nativeValue(domain.getPointer())), event);
        }
        return 0;
    }
}
