package dev.vireo.monitor;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Identifies one run of a domain across snapshots. A domain that was restarted is another run, also under the same uuid and
 * id, and counters of two runs are never subtracted.
 *
 * <p>No driver tells when a run started. What tells runs apart is that a driver's own reference to one equals none of another
 * ({@link dev.vireo.DomainRef}); the sampler notices the change and gives the run a time and a number of its own, which can be
 * written down and compared where the reference cannot.
 *
 * @param uuid the domain's uuid; not unique: two running domains may have the same
 * @param id the run's number on its host
 * @param name the domain's name, which may hold any character
 * @param firstSeen when a sampler first saw the run: its start, to the precision of the sampling
 * @param number which of the runs that this sampler has seen, counted from 1
 */
public record DomainRun(UUID uuid, int id, String name, Instant firstSeen, long number) {
    /** Checks that nothing is missing. */
    public DomainRun {
        Objects.requireNonNull(uuid, "uuid");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(firstSeen, "firstSeen");
    }
}
