package dev.vireo.driver.libvirt;

import dev.vireo.driver.libvirt.binding.StatsCalls;
import dev.vireo.driver.libvirt.binding.StatsRecords;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What libvirt asks the guests' monitors for: the vCPUs' run delay. A guest that hangs does not answer, and the call that
 * asks it never comes back. So such a call is left hanging on a worker; as long as it hangs it holds libvirt's lock on
 * that guest, and others then get at once all that is to be had without the monitor. Thread-safe.
 */
final class MonitorStats {
    /** A guest that is well answers within a few milliseconds. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** A daemon takes five requests of a connection at a time: so many may hang that others come through. */
    private static final int MOST_HANGING = 3;

    private static final int ATTEMPTS = 2;

    /** All of a far host's, one after the other. */
    private static final Duration PATIENCE_FOR_ALL = Duration.ofSeconds(5);

    private final @Nullable StatsCalls stats;
    private final Calls calls;

    /**
     * Makes a reader.
     *
     * @param stats the calls, null if the library is too old for them
     * @param calls runs them
     */
    MonitorStats(@Nullable StatsCalls stats, Calls calls) {
        this.stats = stats;
        this.calls = calls;
    }

    /** Tells why {@link #read} may have brought nothing. */
    String reason() {
        return stats == null
                ? "the libvirt that is installed has no " + StatsCalls.NEEDED + ", which came with 1.2.8"
                : "the guest does not answer its monitor";
    }

    /**
     * Reads one domain.
     *
     * @return a record, to be closed; empty if the guest does not answer
     */
    Optional<StatsRecords> read(LibvirtDomain domain) {
        for (int attempt = 0; stats != null && attempt < ATTEMPTS && calls.hanging() < MOST_HANGING; attempt++) {
            StatsRecords records =
                    calls.runPatiently(PATIENCE, () -> stats.vcpus(domain.handle()), StatsRecords::close);
            if (records != null) {
                return Optional.of(records);
            }
        }
        return Optional.empty();
    }

    /** Reads all running domains at once; empty if one of them does not answer. */
    Optional<StatsRecords> readAll(boolean vcpus) {
        if (stats == null || calls.hanging() > 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(calls.runPatiently(PATIENCE_FOR_ALL, () -> stats.all(vcpus), StatsRecords::close));
    }
}
