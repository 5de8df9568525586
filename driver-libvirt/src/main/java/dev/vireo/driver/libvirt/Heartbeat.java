package dev.vireo.driver.libvirt;

import dev.vireo.HypervisorException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Asks a daemon at intervals whether it is still there, and shuts the line down when it does not answer, so that all who
 * wait get an error.
 *
 * <p>libvirt's own keepalive is not used: when it finds a daemon silent it frees one of the threads that wait, and what
 * that one leaves behind on its stack is run by another when somebody writes to the socket again.
 */
final class Heartbeat {
    private final Line line;
    private final Executor threads;
    private final Runnable question;
    private final int most;
    private volatile boolean isAsked;
    private int missed;

    /**
     * Makes a heartbeat.
     *
     * @param line the line to shut down
     * @param threads where questions are asked, which may hang
     * @param question the least there is to ask
     * @param most how many ticks may go by without an answer
     */
    Heartbeat(Line line, Executor threads, Runnable question, int most) {
        this.line = line;
        this.threads = threads;
        this.question = question;
        this.most = most;
    }

    /** Is called at intervals, by one thread. */
    void tick() {
        if (!isAsked) {
            missed = 0;
            isAsked = true;
            ask();
        } else if (++missed >= most) {
            line.shutDown();
        }
    }

    private void ask() {
        try {
            threads.execute(() -> {
                try {
                    question.run();
                } catch (HypervisorException broken) {
                    shutDownIfBroken();
                } finally {
                    isAsked = false;
                }
            });
        } catch (RejectedExecutionException closing) {
            // nobody waits any more
            isAsked = false;
        }
    }

    private void shutDownIfBroken() {
        if (!line.isAlive()) {
            line.shutDown();
        }
    }
}
