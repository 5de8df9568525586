package dev.vireo.monitor;

import dev.vireo.Domain;
import dev.vireo.DomainRef;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The runs that a sampler has seen. Bulk reads bring the driver's own references, lists bring domains of the api: each equals
 * another of its kind if it is the same run, and the two kinds are joined by uuid and id. Thread-safe.
 */
final class Runs {
    private record Key(UUID uuid, int id) {}

    private final InstantSource wallClock;
    private final Map<DomainRef, TrackedRun> byRef = new HashMap<>();
    private final Map<Key, TrackedRun> byKey = new HashMap<>();
    private long seen;

    Runs(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    /** Returns the run of a reference that a bulk read brought. */
    synchronized TrackedRun ofBulk(DomainRef ref) {
        TrackedRun known = byRef.get(ref);
        if (known != null) {
            return known;
        }
        TrackedRun run = byKey.get(new Key(ref.uuid(), ref.id()));
        if (run == null || run.bulkRef != null) {
            run = see(ref);
        }
        run.bulkRef = ref;
        byRef.put(ref, run);
        return run;
    }

    /** Returns the run of a domain. */
    synchronized TrackedRun of(Domain domain) {
        TrackedRun known = byRef.get(domain);
        if (known != null) {
            return known;
        }
        TrackedRun run = byKey.get(new Key(domain.uuid(), domain.id()));
        if (run == null || run.domain != null) {
            run = see(domain);
        }
        run.domain = domain;
        byRef.put(domain, run);
        return run;
    }

    /** Has each run of a list know its domain. */
    synchronized List<TrackedRun> of(List<Domain> domains) {
        return domains.stream().map(this::of).toList();
    }

    /** Returns the runs that were in a sample, in the order of its rows. */
    synchronized List<TrackedRun> in(long sample) {
        return byKey.values().stream()
                .filter(run -> run.sample == sample)
                .sorted(Comparator.comparingInt(run -> run.place))
                .toList();
    }

    /** Drops runs that nobody needs any more. */
    synchronized void forget(Predicate<TrackedRun> gone) {
        byRef.values().removeIf(gone);
        byKey.values().removeIf(gone);
    }

    private TrackedRun see(DomainRef ref) {
        TrackedRun run = new TrackedRun(new DomainRun(ref.uuid(), ref.id(), ref.name(), wallClock.instant(), ++seen));
        byKey.put(new Key(ref.uuid(), ref.id()), run);
        return run;
    }
}
