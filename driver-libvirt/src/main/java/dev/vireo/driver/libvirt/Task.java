package dev.vireo.driver.libvirt;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call on a worker: whoever waits takes the result, or leaves it behind; one of the two, whatever the moment. */
final class Task<R> implements Runnable {
    private enum State {
        UNDER_WAY,
        DONE,
        LEFT_BEHIND
    }

    private final Supplier<R> call;
    private final Consumer<R> late;
    private final AtomicInteger leftBehind;
    private final AtomicReference<State> state = new AtomicReference<>(State.UNDER_WAY);
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable R result;
    private @Nullable Throwable failure;

    /**
     * Makes a task.
     *
     * @param call the call
     * @param late takes a result that was left behind
     * @param leftBehind counts the calls that were left behind and are still under way
     */
    Task(Supplier<R> call, Consumer<R> late, AtomicInteger leftBehind) {
        this.call = call;
        this.late = late;
        this.leftBehind = leftBehind;
    }

    @Override
    public void run() {
        try {
            result = call.get();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        if (state.compareAndSet(State.UNDER_WAY, State.DONE)) {
            done.countDown();
            return;
        }
        leftBehind.decrementAndGet();
        if (result != null) {
            late.accept(result);
        }
    }

    /** Waits; if it is in vain, leaves the call behind. */
    boolean isDoneWithin(Duration limit) {
        return Waiting.until(limit, nanos -> done.await(nanos, TimeUnit.NANOSECONDS)) || !leaveBehind();
    }

    /** Returns the result of a task that is done, or throws what the call threw. */
    R result() {
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (failure instanceof Error thrown) {
            throw thrown;
        }
        return Objects.requireNonNull(result);
    }

    private boolean leaveBehind() {
        leftBehind.incrementAndGet();
        if (state.compareAndSet(State.UNDER_WAY, State.LEFT_BEHIND)) {
            return true;
        }
        leftBehind.decrementAndGet();
        return false;
    }
}
