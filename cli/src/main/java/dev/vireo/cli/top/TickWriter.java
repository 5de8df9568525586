package dev.vireo.cli.top;

import dev.vireo.monitor.Rates;

/** Writes what top shows, without a terminal. */
public interface TickWriter {
    /** Writes what comes once, before everything. */
    default void begin() {}

    /**
     * Writes one interval.
     *
     * @param rates what was used in it
     * @param rows the rows of the later snapshot that are to be told of, in their order
     */
    void tick(Rates rates, int[] rows);
}
