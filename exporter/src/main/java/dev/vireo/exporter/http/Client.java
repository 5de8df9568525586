package dev.vireo.exporter.http;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EndPoint;

/** One connection: what it is doing, since when, and what its client has not read yet. Thread-safe. */
final class Client {
    /** What a connection is doing. */
    enum Doing {
        /** It has not asked anything yet; its TLS handshake may not be done. */
        ARRIVING,
        /** It has been answered, and may ask again. */
        IDLE,
        /** It has asked, and has not been answered in full. */
        ANSWERED,
        /** It gets events, as long as it reads them. */
        FOLLOWING
    }

    private record Phase(Doing doing, long sinceNanos) {}

    private final EndPoint endPoint;
    private final AtomicLong unread = new AtomicLong();
    private volatile Phase phase = new Phase(Doing.ARRIVING, System.nanoTime());

    Client(EndPoint endPoint) {
        this.endPoint = endPoint;
    }

    void does(Doing doing) {
        phase = new Phase(doing, System.nanoTime());
    }

    boolean waits() {
        Doing doing = phase.doing();
        return doing == Doing.ARRIVING || doing == Doing.IDLE;
    }

    boolean hasAsked() {
        return phase.doing() != Doing.ARRIVING;
    }

    boolean hoards() {
        return phase.doing() == Doing.ANSWERED && unread.get() > 0;
    }

    long sinceNanos() {
        return phase.sinceNanos();
    }

    /** Counts bytes that are on their way to the client. */
    void owes(long bytes) {
        unread.addAndGet(bytes);
    }

    /** Returns how much of its answer the client has not read; events, which all who follow share, are not counted. */
    long unread() {
        return phase.doing() == Doing.FOLLOWING ? 0 : unread.get();
    }

    /** Tells whether it is over, or has taken longer than it may. */
    boolean isDue(Limits limits, long now) {
        Phase current = phase;
        long nanos = now - current.sinceNanos();
        return switch (current.doing()) {
            case ARRIVING -> nanos > limits.requestTime().toNanos();
            case IDLE -> nanos > limits.idleTime().toNanos();
            case ANSWERED -> nanos > limits.answerTime().toNanos();
            case FOLLOWING -> false;
        };
    }

    boolean isOpen() {
        return endPoint.isOpen();
    }

    void close() {
        endPoint.close();
    }
}
