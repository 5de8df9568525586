package dev.vireo.it.violations.driver.one;

/** A driver that does nothing wrong. */
public final class One {
    private One() {}

    public static void open() {}
}
