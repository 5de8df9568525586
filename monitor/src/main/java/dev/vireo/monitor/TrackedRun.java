package dev.vireo.monitor;

import dev.vireo.Domain;
import dev.vireo.DomainRef;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a sampler remembers of a run from sample to sample. */
final class TrackedRun {
    private final DomainRun run;
    // guarded by Runs: a bulk read has the driver's reference, a list the api's domain
    @Nullable DomainRef bulkRef;

    volatile @Nullable Domain domain;

    private final AtomicBoolean inFlight = new AtomicBoolean();
    private volatile @Nullable String noHostCpus;
    private @Nullable Row row;

    // guarded by Gathering: the last sample it was in, and its row there; the last in which its own row was filled, in
    // which
    // it was found to have ended
    long sample;
    int place;
    long filledIn;
    long endedIn;

    TrackedRun(DomainRun run) {
        this.run = run;
    }

    DomainRun run() {
        return run;
    }

    /** Begins to read; returns false while another reading has not come back, as one that hangs is not repeated. */
    boolean begin() {
        return inFlight.compareAndSet(false, true);
    }

    void end() {
        inFlight.set(false);
    }

    boolean isInFlight() {
        return inFlight.get();
    }

    /** Returns the row that this run is read into by itself; whoever began to read has it until the end. */
    Row row() {
        Row own = row;
        if (own == null) {
            own = new Row();
            row = own;
        }
        return own;
    }

    /** Returns why its times per host CPU are not to be asked for again, null if they are. */
    @Nullable String noHostCpus() {
        return noHostCpus;
    }

    void refuseHostCpus(String reason) {
        noHostCpus = reason;
    }
}
