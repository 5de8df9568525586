package dev.vireo;

/** Keeps a listener subscribed until it is closed. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /**
     * Ends the subscription. When it returns, no call of the listener begins any more and none is under way; called by
     * the listener itself, its own call is the last. Closing again does nothing.
     *
     * <p>It waits for a listener that is just running: do not hold a lock that the listener takes.
     */
    @Override
    void close();
}
