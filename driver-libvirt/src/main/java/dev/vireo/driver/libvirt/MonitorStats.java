package dev.vireo.driver.libvirt;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.driver.libvirt.binding.DomainIdentity;
import dev.vireo.driver.libvirt.binding.LastError;
import dev.vireo.driver.libvirt.binding.NativeConnection;
import dev.vireo.driver.libvirt.binding.StatsCalls;
import dev.vireo.driver.libvirt.binding.StatsRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    /** How many calls about a domain are under way. */
    private final Map<DomainIdentity, Integer> asked = new ConcurrentHashMap<>();

    private volatile boolean canReadMany = true;

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

    /**
     * Reads one domain.
     *
     * @return a record, to be closed
     * @throws HypervisorException libvirt's own, or what says that the guest does not answer
     */
    StatsRecords read(LibvirtDomain domain) {
        if (!isThere) {
            throw unavailable("the libvirt that is installed has no " + StatsCalls.NEEDED + ", which came with 1.2.8");
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // a guest that has a call hanging already lets the next one pass
            if (calls.hanging() >= MOST_HANGING && !asked.containsKey(domain.identity())) {
                throw unavailable(MOST_HANGING + " guests do not answer their monitors, so that no other one is asked");
            }
            StatsRecords records = readOnce(domain);
            if (records != null) {
                return records;
            }
        }
        throw unavailable("the guest's monitor does not answer");
    }

    /**
     * Begins to read a few domains in one call, which saves as many look-ups and all but one of the requests.
     *
     * @return the answers, to be closed; empty where that cannot be had, or a guest that hangs would hold up the others
     */
    Optional<MonitorAnswers> ask(List<LibvirtDomain> few) {
        if (!isThere || !canReadMany || few.size() < 2 || !sides.areApart() || calls.hanging() > 0) {
            return Optional.empty();
        }
        List<DomainIdentity> runs = few.stream().map(LibvirtDomain::identity).toList();
        try {
            Task<StatsRecords> task = begin(take(), runs);
            return Optional.of(new MonitorAnswers(() -> await(task)));
        } catch (HypervisorException noConnection) {
            return Optional.empty();
        }
    }

    private Task<StatsRecords> begin(NativeConnection side, List<DomainIdentity> runs) {
        runs.forEach(this::countAsked);
        return calls.begin(
                () -> {
                    try {
                        return sides.askAbout(side, runs, StatsCalls::vcpus);
                    } finally {
                        runs.forEach(this::countAnswered);
                    }
                },
                StatsRecords::close);
    }

    private @Nullable StatsRecords await(Task<StatsRecords> task) {
        try {
            return calls.await(task, PATIENCE);
        } catch (HypervisorException error) {
            rememberRefusal(error);
            throw error;
        }
    }

    /** Reads all running domains at once; empty where that cannot be had, or a guest does not answer. */
    Optional<StatsRecords> readAll(boolean vcpus) {
        if (!isThere || !canReadMany || calls.hanging() > 0) {
            return Optional.empty();
        }
        try {
            NativeConnection side = take();
            return Optional.ofNullable(
                    calls.runPatiently(PATIENCE_FOR_ALL, () -> readAll(side, vcpus), StatsRecords::close));
        } catch (HypervisorException error) {
            if (!rememberRefusal(error)) {
                throw error;
            }
            return Optional.empty();
        }
    }

    /** Tells whether an error says that libvirt's driver has no such call; it is not tried again then. */
    private boolean rememberRefusal(HypervisorException error) {
        boolean isRefusal = error.code() == ErrorCode.NO_SUPPORT || error.code() == ErrorCode.INVALID_ARG;
        if (isRefusal) {
            canReadMany = false;
        }
        return isRefusal;
    }

    private @Nullable StatsRecords readOnce(LibvirtDomain domain) {
        NativeConnection side = take();
        countAsked(domain.identity());
        Supplier<StatsRecords> call = () -> {
            try {
                return sides.ask(side, domain, present -> StatsCalls.vcpus(List.of(present)));
            } finally {
                countAnswered(domain.identity());
            }
        };
        return calls.runPatiently(PATIENCE, call, StatsRecords::close);
    }

    private void countAsked(DomainIdentity run) {
        asked.merge(run, 1, Integer::sum);
    }

    private void countAnswered(DomainIdentity run) {
        asked.computeIfPresent(run, (who, count) -> count == 1 ? null : count - 1);
    }

    private StatsRecords readAll(NativeConnection side, boolean vcpus) {
        try {
            return StatsCalls.all(side, vcpus);
        } finally {
            sides.giveBack(side);
        }
    }

    /** Opening a connection is no delay of the guest's. */
    private NativeConnection take() {
        return calls.run("opening a further connection", sides::take, sides::giveBack);
    }

    private static HypervisorException unavailable(String reason) {
        return HypervisorException.of(ErrorCode.RESOURCE_BUSY, LastError.ORIGIN, reason);
    }
}
