package dev.vireo.it.violations.driver.two;

import dev.vireo.it.violations.cli.KnowsADriver;

/** Breaks the rule that a driver imports the api alone. */
public final class ImportsTheCommandLine {
    private ImportsTheCommandLine() {}

    public static void open() {
        KnowsADriver.run();
    }
}
