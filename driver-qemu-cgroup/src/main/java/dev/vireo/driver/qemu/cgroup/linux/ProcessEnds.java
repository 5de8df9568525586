package dev.vireo.driver.qemu.cgroup.linux;

import java.io.IOException;
import java.util.OptionalInt;

/**
 * Tells which of many processes have ended, all their threads, be they waited for or not: by descriptors that belong to one
 * process each ({@code pidfd_open(2)}, since Linux 5.3), asked in one system call. Not thread-safe.
 */
public final class ProcessEnds {
    // struct pollfd
    private static final int SIZE = 8;
    private static final int EVENTS = 4;
    private static final int ANSWER = 6;
    private static final short POLLIN = 1;

    private NativeBuffer entries = NativeBuffer.allocate(SIZE);
    private int count;
    private boolean answered;

    /** Watches nothing yet. */
    public ProcessEnds() {}

    /**
     * Opens a descriptor of a process of this process's own PID namespace.
     *
     * @param pid the process
     * @return the descriptor; empty if there is no such process, or the kernel gives none
     */
    public static OptionalInt open(int pid) {
        int descriptor = Libc.openProcess(pid);
        return descriptor < 0 ? OptionalInt.empty() : OptionalInt.of(descriptor);
    }

    /**
     * Closes a descriptor.
     *
     * @param descriptor what {@link #open} returned
     */
    public static void close(int descriptor) {
        Libc.close(descriptor);
    }

    /** Forgets all descriptors. */
    public void clear() {
        count = 0;
    }

    /**
     * Adds a descriptor.
     *
     * @param descriptor of a process
     * @return its index, from 0
     */
    public int add(int descriptor) {
        if ((count + 1) * SIZE > entries.bytes().capacity()) {
            NativeBuffer larger = NativeBuffer.allocate(entries.bytes().capacity() * 2);
            larger.bytes().put(0, entries.bytes(), 0, count * SIZE);
            entries = larger;
        }
        entries.bytes().putInt(count * SIZE, descriptor).putShort(count * SIZE + EVENTS, POLLIN);
        return count++;
    }

    /**
     * Asks for all that were added.
     *
     * @throws IOException if the kernel does not answer
     */
    public void ask() throws IOException {
        int answers = count == 0 ? 0 : Libc.pollNow(entries, count);
        if (answers < 0) {
            throw new IOException("poll of " + count + " processes: errno " + -answers);
        }
        answered = answers > 0;
    }

    /**
     * Returns what the last question brought.
     *
     * @param index of a descriptor
     * @return whether its process has ended
     */
    public boolean hasEnded(int index) {
        return answered && entries.bytes().getShort(index * SIZE + ANSWER) != 0;
    }
}
