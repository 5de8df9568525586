package dev.vireo.it.violations.cli;

import dev.vireo.it.violations.exporter.ServesADriver;

/** Breaks the rule that the command line serves in one place alone. */
public final class ServesElsewhere {
    private ServesElsewhere() {}

    public static void run() {
        ServesADriver.serve();
    }
}
