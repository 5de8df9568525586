package dev.vireo.monitor;

/** Counts what is under way, so that somebody can wait until all of it has ended, or no longer. Thread-safe. */
final class Progress {
    private int outstanding;

    Progress(int outstanding) {
        this.outstanding = outstanding;
    }

    synchronized int outstanding() {
        return outstanding;
    }

    synchronized void ended() {
        outstanding--;
        notifyAll();
    }
}
