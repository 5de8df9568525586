package dev.vireo.driver.test;

/**
 * A domain that hangs: each call about it waits until it is released, as calls of libvirt do about a guest whose monitor is
 * silent; a bulk read waits when it comes to the domain. Waiting cannot be interrupted. Thread-safe.
 */
public final class Hang {
    private final TestDomain domain;
    private int waiting;
    private int calls;
    private boolean released;

    Hang(TestDomain domain) {
        this.domain = domain;
    }

    /**
     * Returns how many calls wait now.
     *
     * @return the number of threads that hang
     */
    public synchronized int waiting() {
        return waiting;
    }

    /**
     * Returns how many calls have come to it so far.
     *
     * @return the number, of those that go on by now too
     */
    public synchronized int calls() {
        return calls;
    }

    /** Lets all calls go on, those that wait and later ones. */
    public synchronized void release() {
        released = true;
        notifyAll();
    }

    boolean isOf(TestDomain other) {
        return domain == other;
    }

    /** Waits until it is released. */
    synchronized void reached() {
        if (released) {
            return;
        }
        calls++;
        waiting++;
        boolean interrupted = false;
        while (!released) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        waiting--;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
