package dev.vireo.driver.libvirt.binding;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The socket of a connection to a daemon, to shut it down from outside: then all who wait for the daemon get an error.
 *
 * <p>libvirt does not tell which socket is its own, but for asking the event loop to wait for it while the connection is
 * opened. Where it asks for none, as without a daemon, there is nothing to shut down. A descriptor of our own keeps the
 * number from being another file's when it is used. Thread-safe.
 */
final class ConnectionSocket implements AutoCloseable {
    private static final int NONE = -1;

    private final AtomicInteger descriptor;

    private ConnectionSocket(int descriptor) {
        this.descriptor = new AtomicInteger(descriptor);
    }

    /** Opens a connection by its address, and finds its socket. */
    static NativeConnection find(LongSupplier open) {
        EventLoop.forgetDescriptor();
        long connection = open.getAsLong();
        int socket = EventLoop.firstDescriptor();
        return new NativeConnection(
                connection, new ConnectionSocket(socket == NONE ? NONE : Math.max(NONE, Libc.duplicate(socket))));
    }

    /** Ends what others wait for on this connection, which cannot be used any more. */
    void shutDown() {
        int open = descriptor.get();
        if (open != NONE) {
            Libc.shutDown(open);
        }
    }

    @Override
    public void close() {
        int open = descriptor.getAndSet(NONE);
        if (open != NONE) {
            Libc.close(open);
        }
    }
}
