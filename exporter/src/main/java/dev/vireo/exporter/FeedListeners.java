package dev.vireo.exporter;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Subscription;
import dev.vireo.monitor.Snapshot;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those who listen to a feed. One that throws is counted as an error, and stays. Told on the feed's thread alone. */
final class FeedListeners {
    /** Rates over less would tell more of how the reading went than of the domains. */
    private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Collection<FeedSubscription> all = new CopyOnWriteArrayList<>();
    private final ExporterHealth health;
    private @Nullable Snapshot told;

    FeedListeners(ExporterHealth health) {
        this.health = health;
    }

    Subscription add(FeedListener listener) {
        FeedSubscription subscription = new FeedSubscription(Objects.requireNonNull(listener, "listener"), all);
        all.add(subscription);
        return subscription;
    }

    /** Tells of one that was due, and of one that somebody asked for unless it comes too soon after the last. */
    void sampled(Snapshot snapshot, boolean wasDue) {
        Snapshot last = told;
        if (wasDue || last == null || snapshot.monotonicNanos() - last.monotonicNanos() >= SHORTEST_NANOS) {
            told = snapshot;
            tell(listener -> listener.sampled(snapshot));
        }
    }

    void failed(HypervisorException failure) {
        tell(listener -> listener.failed(failure));
    }

    private void tell(Consumer<FeedListener> what) {
        for (FeedSubscription subscription : all) {
            try {
                subscription.tell(what);
            } catch (Throwable broken) { // no defect of a listener's ends the others' numbers
                health.failed("listener", ErrorCode.INTERNAL_ERROR);
            }
        }
    }
}
