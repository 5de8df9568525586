package dev.vireo.exporter;

import dev.vireo.Subscription;
import java.util.Collection;
import java.util.function.Consumer;

/** One listener of a feed. Its lock is held while it is called, so that nothing is under way when it is closed. */
final class FeedSubscription implements Subscription {
    private final FeedListener listener;
    private final Collection<FeedSubscription> all;
    private boolean isClosed;

    FeedSubscription(FeedListener listener, Collection<FeedSubscription> all) {
        this.listener = listener;
        this.all = all;
    }

    synchronized void tell(Consumer<FeedListener> what) {
        if (!isClosed) {
            what.accept(listener);
        }
    }

    @Override
    public void close() {
        all.remove(this);
        synchronized (this) {
            isClosed = true;
        }
    }
}
