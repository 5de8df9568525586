package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** A counter only grows: what is read between two other readings lies between them. */
final class Bracket {
    private Bracket() {}

    static void assertBetween(String what, long before, long ours, long after) {
        assertTrue(
                before <= ours && ours <= after,
                () -> what + " should lie between two readings of the kernel's file: " + before + " <= " + ours + " <= "
                        + after);
    }
}
