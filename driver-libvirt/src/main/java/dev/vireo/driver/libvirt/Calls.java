package dev.vireo.driver.libvirt;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.driver.libvirt.binding.LastError;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls into libvirt, which has no time limits of its own: on the caller's thread, or, where there is a limit, on a
 * worker that the caller leaves behind when it is over. A call that was left behind goes on, and nothing of what it
 * brings reaches anybody. Thread-safe.
 */
final class Calls {
    /** So many calls that did not come back mean that nobody is there. */
    static final int MOST_ABANDONED = 8;

    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(5);

    private final @Nullable Duration timeout;
    private final AtomicInteger abandoned = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private final ExecutorService workers;
    private final Line line;
    private volatile boolean dead;

    /**
     * Makes a runner.
     *
     * @param timeout the limit of each call, empty for none
     * @param line where the answers come from; it is shut down when too many calls did not come back
     */
    Calls(Optional<Duration> timeout, Line line) {
        this.timeout = timeout.orElse(null);
        this.line = line;
        this.workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "vireo-libvirt-call");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Tells whether calls run on the caller's thread, so that they may use what is the thread's own. */
    boolean areUnlimited() {
        return timeout == null;
    }

    /** Tells, without asking anybody, whether answers may still come. */
    boolean isAlive() {
        return !dead && line.isAlive();
    }

    /** Runs a call that has no result to be given back when nobody waits for it any more. */
    <R> R run(String what, Supplier<R> call) {
        return run(what, call, late -> {});
    }

    /**
     * Runs a call.
     *
     * @param what says in an error what did not come back
     * @param call the call, which uses nothing of the caller's that it writes to
     * @param late takes the result when nobody waits for it any more
     */
    <R> R run(String what, Supplier<R> call, Consumer<R> late) {
        try {
            return timeout == null ? call.get() : runWithin(timeout, what, call, late);
        } catch (HypervisorException error) {
            throw failed(error);
        }
    }

    /**
     * Takes note of an error. If it shows that the line is broken, those who wait for other answers are told: libvirt
     * itself tells only the first.
     *
     * @return the same error, to be thrown
     */
    HypervisorException failed(HypervisorException error) {
        if (!line.isAlive()) {
            line.shutDown();
        }
        return error;
    }

    private <R> R runWithin(Duration limit, String what, Supplier<R> call, Consumer<R> late) {
        if (dead) {
            throw HypervisorException.of(
                    ErrorCode.OPERATION_TIMEOUT,
                    LastError.ORIGIN,
                    what + " was not tried: " + MOST_ABANDONED
                            + " calls of this connection did not come back in time; open another one");
        }
        Task<R> task = new Task<>(call, late, abandoned);
        workers.execute(task);
        if (task.isDoneWithin(limit)) {
            return task.result();
        }
        if (abandoned.get() >= MOST_ABANDONED) {
            die();
        }
        throw HypervisorException.of(
                ErrorCode.OPERATION_TIMEOUT,
                LastError.ORIGIN,
                what + " brought no answer within " + text(limit) + " (the URI's timeout); it goes on by itself");
    }

    /**
     * Runs a call that may hang because of one guest.
     *
     * @param patience how long to wait, or as long as for any other call if that is less
     * @param call the call
     * @param late takes the result when nobody waits for it any more
     * @return null if it did not come back in time
     */
    <R> @Nullable R runPatiently(Duration patience, Supplier<R> call, Consumer<R> late) {
        return await(begin(call, late), patience);
    }

    /**
     * Begins a call that may hang because of one guest, on a thread of its own.
     *
     * @param call the call
     * @param late takes the result when nobody waits for it any more
     * @return the call, to be awaited
     */
    <R> Task<R> begin(Supplier<R> call, Consumer<R> late) {
        Task<R> task = new Task<>(call, late, hanging);
        workers.execute(task);
        return task;
    }

    /**
     * Waits for a call that was begun.
     *
     * @param task the call
     * @param patience how long to wait, or as long as for any other call if that is less
     * @return null if it did not come back in time, and is left behind
     */
    <R> @Nullable R await(Task<R> task, Duration patience) {
        Duration limit = timeout == null || timeout.compareTo(patience) > 0 ? patience : timeout;
        try {
            return task.isDoneWithin(limit) ? task.result() : null;
        } catch (HypervisorException error) {
            throw failed(error);
        }
    }

    /** Returns how many calls hang because of a guest. */
    int hanging() {
        return hanging.get();
    }

    /** Runs something beside the calls, on a thread of its own. */
    void runBeside(Runnable task) {
        workers.execute(task);
    }

    /**
     * Closes what the calls use, when none is under way any more. A daemon that does not answer has as long as for any
     * other call, or 5 s, then the line is shut down; what was left behind is not waited for at all.
     *
     * @param close gives everything back
     */
    void close(Runnable close) {
        end();
        Thread closer = new Thread(() -> closeAfterwards(close), "vireo-libvirt-close");
        closer.setDaemon(true);
        closer.start();
        Duration patience = timeout == null ? CLOSING_PATIENCE : timeout;
        if (abandoned.get() + hanging.get() > 0 || !isDoneWithin(closer, patience)) {
            line.shutDown();
            isDoneWithin(closer, patience);
        }
    }

    /** Runs no more calls; those that were left behind go on. */
    void end() {
        workers.shutdown();
    }

    private void closeAfterwards(Runnable close) {
        try {
            while (!workers.awaitTermination(1, TimeUnit.DAYS)) {
                // a call is still under way
            }
        } catch (InterruptedException neverAsked) {
            return;
        }
        close.run();
    }

    private static boolean isDoneWithin(Thread thread, Duration limit) {
        return Waiting.until(limit, nanos -> {
            TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            return !thread.isAlive();
        });
    }

    private void die() {
        dead = true;
        line.shutDown();
    }

    private static String text(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
