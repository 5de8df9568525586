package dev.vireo.driver.libvirt.binding;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.nio.ByteBuffer;

/**
 * Waits for descriptors: Linux's {@code epoll}. What is waited for may be changed while somebody waits, which wakes nobody
 * up. Waiting is one thread's, changing is its callers' to order, waking is anybody's.
 */
final class Epoll {
    static final int IN = 1;
    static final int OUT = 4;
    static final int ERR = 8;
    static final int HUP = 16;

    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int NON_BLOCKING = 0x800;
    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int MODIFY = 3;
    private static final int MOST_EVENTS = 64;
    private static final int NO_ID = -1;

    // the structure is packed on x86-64 alone
    private static final int ID = System.getProperty("os.arch").matches("amd64|x86_64") ? 4 : 8;
    private static final int SIZE = ID + Long.BYTES;

    private final int descriptor;
    private final int alarm;
    private final Scratch found = new Scratch(MOST_EVENTS * SIZE);
    private final Scratch alarmCount = new Scratch(Long.BYTES);
    private final Scratch one = new Scratch(Long.BYTES);
    private final Scratch event = new Scratch(SIZE);

    /**
     * Makes a set of descriptors to wait for.
     *
     * @throws HypervisorException {@link ErrorCode#SYSTEM_ERROR} if there are no descriptors left
     */
    Epoll() {
        descriptor = Libc.epoll_create1(CLOSE_ON_EXEC);
        alarm = Libc.eventfd(0, CLOSE_ON_EXEC | NON_BLOCKING);
        one.bytes().putLong(0, 1);
        if (descriptor < 0 || alarm < 0 || !change(0, IN, alarm, NO_ID)) {
            Libc.close(descriptor);
            Libc.close(alarm);
            throw HypervisorException.of(
                    ErrorCode.SYSTEM_ERROR,
                    LastError.ORIGIN,
                    "no descriptors are left for the event loop; raise the limit of open files");
        }
    }

    /**
     * Changes what is waited for at a descriptor. Not to be called by two threads at once.
     *
     * @param before what was waited for, 0 for nothing
     * @param after what is to be waited for, 0 for nothing: not even for its end
     * @param file the descriptor
     * @param id what {@link #id} gives for it
     * @return false if it cannot be waited for
     */
    boolean change(int before, int after, int file, int id) {
        if (before == after) {
            return true;
        }
        event.bytes().putInt(0, after).putLong(ID, id);
        int operation = after == 0 ? DELETE : before == 0 ? ADD : MODIFY;
        return Libc.epoll_ctl(descriptor, operation, file, event.address()) == 0;
    }

    /** Waits and returns how many descriptors are ready. */
    int await(int timeoutMillis) {
        int count = Math.max(0, Libc.epoll_wait(descriptor, found.address(), MOST_EVENTS, timeoutMillis));
        for (int i = 0; i < count; i++) {
            if (id(i) == NO_ID) {
                Libc.read(alarm, alarmCount.address(), Long.BYTES);
            }
        }
        return count;
    }

    /** Returns which descriptor is ready; the one that only wakes has an id that nobody was given. */
    int id(int index) {
        return (int) bytes().getLong(index * SIZE + ID);
    }

    int events(int index) {
        return bytes().getInt(index * SIZE);
    }

    /** Makes whoever waits go on. */
    void wake() {
        Libc.write(alarm, one.address(), Long.BYTES);
    }

    private ByteBuffer bytes() {
        return found.bytes();
    }
}
