package dev.vireo.cli.top;

import dev.vireo.monitor.Denominator;

/**
 * What is shown, and in which order. Immutable.
 *
 * @param of what 100 % is
 * @param sort the column to sort by: numbers from the highest, names from A
 * @param filter part of the names of the domains that are shown, upper and lower case alike; empty for all
 */
public record TopSettings(Denominator of, Column sort, String filter) {
    /** What is shown where nobody has chosen. */
    public static final TopSettings DEFAULT = new TopSettings(Denominator.DEFAULT, Column.CPU, "");

    /**
     * Chooses another denominator.
     *
     * @param denominator what 100 % is
     * @return the other settings
     */
    public TopSettings withOf(Denominator denominator) {
        return new TopSettings(denominator, sort, filter);
    }

    /**
     * Chooses another order.
     *
     * @param column the column to sort by
     * @return the other settings
     */
    public TopSettings withSort(Column column) {
        return new TopSettings(of, column, filter);
    }

    /**
     * Chooses other domains.
     *
     * @param part part of their names
     * @return the other settings
     */
    public TopSettings withFilter(String part) {
        return new TopSettings(of, sort, part);
    }
}
