package dev.vireo.cli.top;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Stops this process as Ctrl-Z does one that takes no notice of it. Thread-safe. */
class JobControl {
    private static final long PATIENCE_MILLIS = 200;

    private final Semaphore goesOn = new Semaphore(0);

    /**
     * Returns when the process goes on. Where no shell could let it go on it does not stop: the system sees to that, if the signal is
     * not caught then, which the caller sees to.
     */
    void stop() {
        goesOn.drainPermits();
        try {
            Process kill = new ProcessBuilder(
                            "sh",
                            "-c",
                            "kill -s TSTP " + ProcessHandle.current().pid())
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            kill.waitFor();
            // sent is not yet stopped; and one that does not stop is not told to go on
            goesOn.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException noShell) {
            // then it does not stop
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Notes that the process was told to go on. */
    void goesOn() {
        goesOn.release();
    }
}
