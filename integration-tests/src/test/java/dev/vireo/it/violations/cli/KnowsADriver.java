package dev.vireo.it.violations.cli;

import dev.vireo.it.violations.driver.one.One;

/** Breaks the rule that the command line reaches drivers through the api only. */
public final class KnowsADriver {
    private KnowsADriver() {}

    public static void run() {
        One.open();
    }
}
