package dev.vireo.it.violations.cli;

import java.awt.Color;

/** Breaks the rule that the command line draws in one place alone. */
public final class DrawsElsewhere {
    private DrawsElsewhere() {}

    public static Color color() {
        return Color.RED;
    }
}
