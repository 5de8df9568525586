package dev.vireo.it;

import dev.vireo.HypervisorException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls on threads of their own whose ends are awaited: each is expected to fail, and to do so in time. */
final class WaitingCalls {
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<HypervisorException> errors = new CopyOnWriteArrayList<>();
    private volatile Throwable unexpected;

    /** Calls again and again until a call fails. */
    void start(Runnable call) {
        Thread thread = new Thread(() -> run(call), "waiting call");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void run(Runnable call) {
        try {
            while (true) {
                call.run();
            }
        } catch (HypervisorException error) {
            errors.add(error);
        } catch (RuntimeException | Error failed) {
            unexpected = failed;
        }
    }

    /** Waits until all have failed, and returns how. */
    List<HypervisorException> awaitErrors(Duration limit) throws IOException {
        Await.until(
                () -> "all of " + threads.size() + " calls fail; so far: " + errors,
                limit,
                () -> unexpected != null || errors.size() == threads.size());
        if (unexpected != null) {
            throw new AssertionError("a call failed in another way", unexpected);
        }
        return List.copyOf(errors);
    }

    /** Returns the error of one call that is expected to fail. */
    static Optional<HypervisorException> errorOf(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (HypervisorException error) {
            return Optional.of(error);
        }
    }
}
