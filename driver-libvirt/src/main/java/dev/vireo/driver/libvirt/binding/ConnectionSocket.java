package dev.vireo.driver.libvirt.binding;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The socket of a connection to a daemon, to shut it down from outside. When a daemon no longer answers, libvirt's
 * keepalive frees one of the threads that wait and leaves the others waiting for ever; a socket that is shut down frees
 * them all.
 *
 * <p>libvirt does not tell which socket is its own, so it is the one with a fitting peer that appeared while the
 * connection was opened; where there is none, or there are two, nothing is ever shut down. A descriptor of our own keeps
 * the number from being another file's when it is used. Thread-safe.
 */
final class ConnectionSocket implements AutoCloseable {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final int NONE = -1;

    /** What the kernel calls the sockets of our connections. */
    private static final Set<String> TAKEN = ConcurrentHashMap.newKeySet();

    /** Connections that open at once cannot tell their sockets apart; but one that hangs must not hold up the others. */
    private static final ReentrantLock OPENING = new ReentrantLock();

    private static final long OPENING_PATIENCE_MILLIS = 100;

    private final String name;
    private final AtomicInteger descriptor;

    private ConnectionSocket(String name, int descriptor) {
        this.name = name;
        this.descriptor = new AtomicInteger(descriptor);
    }

    /** Opens a connection by its address, and finds its socket. */
    static NativeConnection find(Predicate<Peer> peer, LongSupplier open) {
        boolean alone = isAlone();
        try {
            Map<String, Integer> before = sockets();
            long connection = open.getAsLong();
            Map<String, Integer> appeared = sockets();
            appeared.keySet().removeAll(before.keySet());
            appeared.keySet().removeAll(TAKEN);
            appeared.values().removeIf(number -> Peer.of(number).filter(peer).isEmpty());
            return new NativeConnection(connection, only(appeared));
        } finally {
            if (alone) {
                OPENING.unlock();
            }
        }
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
            TAKEN.remove(name);
        }
    }

    private static boolean isAlone() {
        try {
            return OPENING.tryLock(OPENING_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ConnectionSocket only(Map<String, Integer> sockets) {
        if (sockets.size() == 1) {
            String name = sockets.keySet().iterator().next();
            int duplicate = Libc.duplicate(sockets.values().iterator().next());
            if (duplicate >= 0) {
                TAKEN.add(name);
                return new ConnectionSocket(name, duplicate);
            }
        }
        return new ConnectionSocket("", NONE);
    }

    /** Returns the sockets of this process: what the kernel calls each, and its descriptor. */
    private static Map<String, Integer> sockets() {
        Map<String, Integer> sockets = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(OPEN_FILES)) {
            for (Path file : files) {
                addSocket(file, sockets);
            }
        } catch (IOException noProcfs) {
            // then none of them will be found
        }
        return sockets;
    }

    private static void addSocket(Path file, Map<String, Integer> sockets) {
        try {
            String name = Files.readSymbolicLink(file).toString();
            if (name.startsWith("socket:")) {
                sockets.put(name, Integer.valueOf(String.valueOf(file.getFileName())));
            }
        } catch (IOException closedMeanwhile) {
            // then it is not the one
        }
    }
}
