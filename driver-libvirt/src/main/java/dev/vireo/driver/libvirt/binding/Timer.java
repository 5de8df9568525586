package dev.vireo.driver.libvirt.binding;

/** A time at which libvirt wants to be called, again and again. Guarded by the loop, but for what never changes. */
final class Timer {
    private static final long NANOS_A_MILLI = 1_000_000;

    private final int number;
    private final long callback;
    private final long opaque;
    private final long free;
    private int millis = -1;
    private long due;

    Timer(int number, long callback, long opaque, long free) {
        this.number = number;
        this.callback = callback;
        this.opaque = opaque;
        this.free = free;
    }

    int number() {
        return number;
    }

    /** Sets the interval, below 0 for never. */
    void set(int interval, long now) {
        millis = interval;
        again(now);
    }

    /** Waits for the interval once more. */
    void again(long now) {
        due = now + Math.max(0, millis) * NANOS_A_MILLI;
    }

    boolean isSet() {
        return millis >= 0;
    }

    /** Returns how long after a time it is due, below 0 if before. */
    long dueIn(long time) {
        return due - time;
    }

    void call() {
        EventImplementation.callTimeout(callback, number, opaque);
    }

    void free() {
        EventImplementation.callFree(free, opaque);
    }
}
