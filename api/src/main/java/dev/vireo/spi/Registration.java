package dev.vireo.spi;

/** Keeps a driver reporting events until it is closed. */
public interface Registration extends AutoCloseable {
    /** Ends the reporting. Called exactly once. */
    @Override
    void close();
}
