package dev.vireo.driver.libvirt;

import dev.vireo.driver.libvirt.binding.NativeConnection;

/**
 * Tells whether a round trip to the daemon costs more than libvirt's bulk statistics, which ask each guest's monitor for
 * some 1.5 ms, where a total by itself takes a round trip and a fifth of a millisecond. Measured once. Thread-safe.
 */
final class RoundTrip {
    private static final long DEAR_NANOS = 2_000_000;
    private static final int ROUNDS = 3;

    private final boolean mayBeFar;
    private final NativeConnection connection;
    private final Calls calls;
    private volatile long nanos;

    /**
     * Makes a measure.
     *
     * @param mayBeFar false if the daemon is on this host, however slow it is
     * @param connection the connection
     * @param calls runs its calls
     */
    RoundTrip(boolean mayBeFar, NativeConnection connection, Calls calls) {
        this.mayBeFar = mayBeFar;
        this.connection = connection;
        this.calls = calls;
    }

    boolean isDear() {
        if (!mayBeFar) {
            return false;
        }
        if (nanos == 0) {
            nanos = measure();
        }
        return nanos > DEAR_NANOS;
    }

    private long measure() {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            calls.run("getLibVersion", connection::libraryVersion);
            least = Math.min(least, System.nanoTime() - start);
        }
        return Math.max(1, least);
    }
}
