package dev.vireo.exporter;

/** Times as they are served: in seconds. */
public final class Seconds {
    private static final double NANOS_PER_SECOND = 1e9;

    private Seconds() {}

    /**
     * Returns nanoseconds as seconds.
     *
     * @param nanos nanoseconds, unsigned
     * @return seconds, to the precision of a double
     */
    public static double ofNanos(long nanos) {
        return (nanos >= 0 ? (double) nanos : (nanos >>> 1) * 2.0) / NANOS_PER_SECOND;
    }
}
