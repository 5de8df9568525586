package dev.vireo.driver.libvirt;

import dev.vireo.driver.libvirt.binding.StatsCalls;
import dev.vireo.driver.libvirt.binding.StatsRecords;
import java.time.Duration;
import java.util.Optional;

/**
 * What libvirt asks the guests' monitors for: the vCPUs' run delay. A guest that hangs does not answer, and the call that
 * asks it never comes back. So such a call is left hanging, on a connection of its own; as long as it hangs it holds
 * libvirt's lock on that guest, and others then get at once all that is to be had without the monitor. Thread-safe.
 */
final class MonitorStats {
    /** A guest that is well answers within a few milliseconds. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** All of a far host's, one after the other. */
    private static final Duration PATIENCE_FOR_ALL = Duration.ofSeconds(5);

    /** So many threads and connections may wait for guests that hang. */
    private static final int MOST_HANGING = 8;

    private static final int ATTEMPTS = 2;

    private final boolean isThere;
    private final SideConnections sides;
    private final Calls calls;

    /**
     * Makes a reader.
     *
     * @param isThere whether the library has the function
     * @param sides where calls may hang
     * @param calls runs them
     */
    MonitorStats(boolean isThere, SideConnections sides, Calls calls) {
        this.isThere = isThere;
        this.sides = sides;
        this.calls = calls;
    }

    /** Tells why {@link #read} may have brought nothing. */
    String reason() {
        return isThere
                ? "the guest does not answer its monitor"
                : "the libvirt that is installed has no " + StatsCalls.NEEDED + ", which came with 1.2.8";
    }

    /**
     * Reads one domain.
     *
     * @return a record, to be closed; empty if the guest does not answer
     */
    Optional<StatsRecords> read(LibvirtDomain domain) {
        for (int attempt = 0; isThere && attempt < ATTEMPTS && calls.hanging() < MOST_HANGING; attempt++) {
            StatsRecords records =
                    calls.runPatiently(PATIENCE, () -> sides.call(domain, StatsCalls::vcpus), StatsRecords::close);
            if (records != null) {
                return Optional.of(records);
            }
        }
        return Optional.empty();
    }

    /** Reads all running domains at once; empty if one of them does not answer. */
    Optional<StatsRecords> readAll(boolean vcpus) {
        if (!isThere || calls.hanging() > 0) {
            return Optional.empty();
        }
        calls.run("opening a further connection", sides::prepare);
        return Optional.ofNullable(calls.runPatiently(
                PATIENCE_FOR_ALL,
                () -> sides.call(connection -> StatsCalls.all(connection, vcpus)),
                StatsRecords::close));
    }
}
