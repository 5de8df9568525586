package dev.vireo.it.violations.monitor;

import dev.vireo.it.violations.driver.one.One;

/** Breaks the rule that samples are made of any connection, whatever its driver. */
public final class ReachesADriver {
    private ReachesADriver() {}

    public static void sample() {
        One.open();
    }
}
