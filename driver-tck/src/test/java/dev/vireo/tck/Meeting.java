package dev.vireo.tck;

import dev.vireo.TypedParameters;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** A field that callers overwrite for one another: once there are two of them, each waits in the middle for another one. */
final class Meeting {
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final AtomicReference<Thread> first = new AtomicReference<>();
    private volatile TypedParameters kept;

    /** Keeps a caller's array, and returns the one that was kept last. */
    TypedParameters keep(TypedParameters params) {
        kept = params;
        Thread alone = first.compareAndExchange(null, Thread.currentThread());
        if (alone != null && alone != Thread.currentThread()) {
            first.set(new Thread()); // nobody is alone from now on
            awaitAnother();
        }
        return kept;
    }

    private void awaitAnother() {
        try {
            both.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException | TimeoutException alone) {
            // the others have gone
        }
    }
}
