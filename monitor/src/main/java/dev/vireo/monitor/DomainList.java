package dev.vireo.monitor;

import dev.vireo.Connection;
import dev.vireo.DomainEvent;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.Subscription;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Which domains run, where no bulk read tells. Life-cycle events say when to list them again; in case one was lost they are
 * listed again from time to time all the same, and before each sample where the driver has no events. Thread-safe.
 */
final class DomainList implements AutoCloseable {
    private final SamplerSettings settings;
    private final Runs runs;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private final AtomicBoolean listing = new AtomicBoolean();
    private volatile @Nullable List<TrackedRun> listed;
    private volatile long listedAt;
    private volatile @Nullable Subscription subscription;
    private volatile boolean closed;

    DomainList(SamplerSettings settings, Runs runs) {
        this.settings = settings;
        this.runs = runs;
    }

    /** Lists the domains if that is due; called where a call may hang. Returns false while another call hangs. */
    boolean refresh() {
        if (!listing.compareAndSet(false, true)) {
            return false;
        }
        try {
            boolean hasEvents = subscribe();
            boolean isOld = listed == null || settings.now() - listedAt >= settings.rescanNanos();
            if (changed.getAndSet(false) || isOld || !hasEvents) {
                list();
            }
            return true;
        } finally {
            listing.set(false);
        }
    }

    /** Has the domains listed again before the next sample. */
    void doubt() {
        changed.set(true);
    }

    /** Returns the runs that were there when they were last listed. */
    List<TrackedRun> known() {
        List<TrackedRun> known = listed;
        return known == null ? List.of() : known;
    }

    private void list() {
        try {
            long now = settings.now();
            listed = runs.of(settings.connection().listDomains());
            listedAt = now;
        } catch (HypervisorException error) {
            changed.set(true);
            throw error;
        }
    }

    /** Returns whether events come; before the first list, so that none falls between. */
    private boolean subscribe() {
        Connection connection = settings.connection();
        if (subscription == null && !closed && connection.supports(Operation.CONNECT_DOMAIN_EVENT_REGISTER)) {
            try {
                keep(connection.onDomainEvent(this::happened));
            } catch (HypervisorException error) {
                Failures.reason(error); // without events the list is made before each sample
            }
        }
        return subscription != null;
    }

    /** The call that made it may have hung, and the list been closed meanwhile. */
    private void keep(Subscription made) {
        synchronized (this) {
            if (!closed) {
                subscription = made;
                return;
            }
        }
        made.close();
    }

    private void happened(DomainEvent event) {
        switch (event.type()) {
            case SUSPENDED, RESUMED, PMSUSPENDED, DEFINED, UNDEFINED -> {}
            default -> doubt();
        }
    }

    @Override
    public void close() {
        Subscription last;
        synchronized (this) {
            closed = true;
            last = subscription;
            subscription = null;
        }
        if (last != null) {
            last.close();
        }
    }
}
