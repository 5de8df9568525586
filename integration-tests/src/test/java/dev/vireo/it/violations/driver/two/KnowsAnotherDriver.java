package dev.vireo.it.violations.driver.two;

import dev.vireo.it.violations.driver.one.One;

/** Breaks the rule that drivers do not know each other. */
public final class KnowsAnotherDriver {
    private KnowsAnotherDriver() {}

    public static void open() {
        One.open();
    }
}
