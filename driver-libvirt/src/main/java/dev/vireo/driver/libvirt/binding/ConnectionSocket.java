package dev.vireo.driver.libvirt.binding;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
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

    private volatile int descriptor;

    private ConnectionSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens a connection by its address, watched by the event loop or not, and finds its socket. */
    static NativeConnection find(boolean isWatched, LongSupplier open) {
        EventLoop.Opening opening = new EventLoop.Opening(isWatched);
        long address = EventLoop.open(open, opening);
        int socket = opening.descriptor();
        int own = socket == NONE ? NONE : Libc.duplicate(socket);
        NativeConnection connection = new NativeConnection(address, new ConnectionSocket(own));
        if (socket != NONE && own < 0) {
            connection.close();
            throw HypervisorException.of(
                    ErrorCode.SYSTEM_ERROR,
                    LastError.ORIGIN,
                    "no descriptor is left for the connection's socket; raise the limit of open files");
        }
        return connection;
    }

    boolean isThere() {
        return descriptor >= 0;
    }

    /** Ends what others wait for on this connection, which cannot be used any more. */
    synchronized void shutDown() {
        if (descriptor >= 0) {
            Libc.shutDown(descriptor);
        }
    }

    @Override
    public synchronized void close() {
        if (descriptor >= 0) {
            Libc.close(descriptor);
            descriptor = NONE;
        }
    }
}
