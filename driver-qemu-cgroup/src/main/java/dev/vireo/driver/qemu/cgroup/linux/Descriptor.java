package dev.vireo.driver.qemu.cgroup.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** An open descriptor, closed once. Thread-safe. */
public final class Descriptor implements AutoCloseable {
    private static final int CLOSED = -1;

    private final AtomicInteger number;

    Descriptor(int number) {
        this.number = new AtomicInteger(number);
    }

    /**
     * Opens a directory.
     *
     * @param directory which
     * @return a descriptor of it
     * @throws IOException if it is not there or may not be read
     */
    public static Descriptor ofDirectory(Path directory) throws IOException {
        return new Descriptor(Libc.openDirectory(NativeBuffer.path(directory.toString())));
    }

    /**
     * Holds the lock of what is open until it is closed.
     *
     * @throws SystemCallException with EAGAIN if somebody else holds it
     */
    public void lock() throws SystemCallException {
        Libc.lock(number());
    }

    /**
     * Returns its number in this process.
     *
     * @return the number
     * @throws IllegalStateException if it has been closed: another file may have the number by now
     */
    public int number() {
        int open = number.get();
        if (open == CLOSED) {
            throw new IllegalStateException("the descriptor has been closed");
        }
        return open;
    }

    @Override
    public void close() {
        int open = number.getAndSet(CLOSED);
        if (open != CLOSED) {
            Libc.close(open);
        }
    }
}
