package dev.vireo.it.violations.exporter;

import dev.vireo.it.violations.driver.one.One;

/** Breaks the rule that what is served is made of samples, whatever their driver. */
public final class ServesADriver {
    private ServesADriver() {}

    public static void serve() {
        One.open();
    }
}
