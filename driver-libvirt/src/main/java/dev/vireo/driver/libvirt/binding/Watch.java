package dev.vireo.driver.libvirt.binding;

/** A descriptor that libvirt waits for. Guarded by the loop, but for what never changes. */
final class Watch {
    private static final int READABLE = 1;
    private static final int WRITABLE = 2;
    private static final int ERROR = 4;
    private static final int HANGUP = 8;

    private final int number;
    private final int descriptor;
    private final long callback;
    private final long opaque;
    private final long free;
    private int waitingFor;

    Watch(int number, int descriptor, long callback, long opaque, long free) {
        this.number = number;
        this.descriptor = descriptor;
        this.callback = callback;
        this.opaque = opaque;
        this.free = free;
    }

    int number() {
        return number;
    }

    /** Waits for other events of libvirt's, 0 for none; returns false if that cannot be. */
    boolean waitFor(int events, Epoll epoll) {
        int wanted = ((events & READABLE) == 0 ? 0 : Epoll.IN) | ((events & WRITABLE) == 0 ? 0 : Epoll.OUT);
        boolean changed = epoll.change(waitingFor, wanted, descriptor, number);
        waitingFor = wanted;
        return changed;
    }

    /** Tells libvirt what is ready. */
    void call(int ready) {
        int events = ((ready & Epoll.IN) == 0 ? 0 : READABLE)
                | ((ready & Epoll.OUT) == 0 ? 0 : WRITABLE)
                | ((ready & Epoll.ERR) == 0 ? 0 : ERROR)
                | ((ready & Epoll.HUP) == 0 ? 0 : HANGUP);
        EventImplementation.callHandle(callback, number, descriptor, events, opaque);
    }

    void free() {
        EventImplementation.callFree(free, opaque);
    }
}
