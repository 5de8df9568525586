package dev.vireo.cli.top;

import dev.vireo.monitor.DomainRun;
import java.util.Set;
import java.util.function.Predicate;

/** Whose times per host CPU are looked at, and so have to be read. Thread-safe. */
public final class Interest implements Predicate<DomainRun> {
    private volatile Set<DomainRun> watched = Set.of();

    /** Makes an interest in nobody. */
    public Interest() {}

    void of(Set<DomainRun> runs) {
        watched = runs;
    }

    @Override
    public boolean test(DomainRun run) {
        return watched.contains(run);
    }
}
