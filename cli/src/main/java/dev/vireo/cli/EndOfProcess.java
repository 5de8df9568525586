package dev.vireo.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command finish what it is at when the process is asked to end (SIGINT, SIGTERM, SIGHUP): the process waits until this
 * is closed, though not for ever.
 */
final class EndOfProcess {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    private EndOfProcess(Runnable stop) {
        hook = new Thread(
                () -> {
                    stop.run();
                    awaitFinished();
                },
                "end of process");
    }

    /** Calls something, on a thread of its own, when the process is asked to end. */
    static EndOfProcess calls(Runnable stop) {
        EndOfProcess end = new EndOfProcess(stop);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    private void awaitFinished() {
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // something hangs; what has been written is whole all the same
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end. */
    void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // it has been called
        }
    }
}
