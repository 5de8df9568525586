package dev.vireo.it.violations.tck;

import dev.vireo.it.violations.driver.one.One;

/** Breaks the rule that the contract of drivers knows none of them. */
public final class ImportsADriver {
    private ImportsADriver() {}

    public static void run() {
        One.open();
    }
}
