package dev.vireo.it;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, never for a time: it looks again until the condition holds or the deadline has passed. */
final class Await {
    /** A question to the machine; a file that cannot be read is an error, not a no. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private Await() {}

    static void until(String what, Duration limit, Condition condition) throws IOException {
        until(() -> what, limit, condition);
    }

    static void until(Supplier<String> what, Duration limit, Condition condition) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited " + limit.toSeconds() + " s in vain until " + what.get());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
