package dev.vireo.driver.libvirt;

import java.time.Duration;

/** Waits to the end: an interrupt is kept for the caller and ends no wait, for what is waited for would go on all the same. */
final class Waiting {
    /** Waits for so long at most. */
    @FunctionalInterface
    interface Wait {
        /** Returns whether what was waited for has come. */
        boolean within(long nanos) throws InterruptedException;
    }

    private Waiting() {}

    static boolean until(Duration limit, Wait wait) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.within(deadline - System.nanoTime());
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
