package dev.vireo.monitor;

import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads all domains by one call on one thread. Where that call hangs, as one guest can make it with libvirt, it is not made
 * again before it has come back; where it was late twice in a row or failed, not before some time has passed. The first one
 * may be late because a thousand guests were found anew.
 */
final class BulkReads {
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SamplerSettings settings;
    private final Workers workers;
    private final Runs runs;
    private final DomainList list;
    private final HostCpus hostCpus;
    private final Set<StatsGroup> groups;
    private @Nullable Reading inFlight;
    private boolean wasLate;
    private boolean isPutOff;
    private long putOffAt;

    BulkReads(SamplerSettings settings, Workers workers, Runs runs, DomainList list, HostCpus hostCpus) {
        this.settings = settings;
        this.workers = workers;
        this.runs = runs;
        this.list = list;
        this.hostCpus = hostCpus;
        groups = EnumSet.copyOf(settings.groups());
        if (!settings.hostCpuTimesOfAll()) {
            groups.remove(StatsGroup.HOST_CPU);
        }
    }

    boolean isUsable() {
        if (isPutOff && settings.now() - putOffAt >= RETRY_NANOS) {
            isPutOff = false;
        }
        boolean hangs = inFlight != null && inFlight.progress.outstanding() > 0;
        return !isPutOff
                && !hangs
                && !groups.isEmpty()
                && settings.connection().supports(Operation.CONNECT_GET_ALL_DOMAIN_STATS);
    }

    /** Returns whether all domains have been told of; throws what is wrong with the connection. */
    boolean read(Gathering gathering, long until) throws InterruptedException {
        Reading reading = new Reading(gathering);
        if (!workers.start(reading)) {
            return false;
        }
        inFlight = reading;
        settings.waiting().await(reading.progress, until);
        if (reading.progress.outstanding() > 0) {
            if (wasLate) {
                putOff();
            }
            wasLate = true;
            return false;
        }
        inFlight = null;
        wasLate = false;
        HypervisorException error = reading.error;
        if (error == null) {
            return true;
        }
        if (Failures.isOfTheConnection(error)) {
            throw error;
        }
        putOff();
        return false;
    }

    private void putOff() {
        isPutOff = true;
        putOffAt = settings.now();
    }

    /** One bulk read. A domain is complete when the next one begins. */
    private final class Reading extends RowFiller implements Runnable {
        private final Gathering gathering;
        private final HostCpuReader hostCpuReader = new HostCpuReader(settings.clock(), hostCpus);
        private final Progress progress = new Progress(1);
        private @Nullable DomainRef current;
        private boolean isListed;
        private volatile @Nullable HypervisorException error;

        Reading(Gathering gathering) {
            super(settings.clock());
            this.gathering = gathering;
        }

        @Override
        public void run() {
            try {
                hostCpus.refresh(settings.now());
                readOn();
                settings.connection().getAllDomainStats(groups, this, 0);
                endDomain();
            } catch (HypervisorException failed) {
                error = failed;
            } catch (RuntimeException broken) {
                error = Failures.broken(broken);
            } catch (Error broken) {
                // else it would pass for a read of fewer domains
                error = Failures.broken(broken);
                throw broken;
            } finally {
                progress.ended();
            }
        }

        @Override
        public void domain(DomainRef domain, DomainState state) {
            endDomain();
            current = domain;
            super.domain(domain, state);
        }

        private void endDomain() {
            DomainRef ref = current;
            if (ref == null || !gathering.isOpen()) {
                return;
            }
            current = null;
            TrackedRun run = runs.ofBulk(ref);
            boolean lacksHostCpus = !row().has(Statistic.HOST_CPU_TIME);
            if (!lacksHostCpus || !settings.wantsHostCpus(run.run()) || readHostCpus(run)) {
                gathering.add(run, row());
            }
        }

        /** Returns false if the run has ended. */
        private boolean readHostCpus(TrackedRun run) {
            Domain domain = domainOf(run);
            if (domain == null) {
                row().replaceReason(StatsGroup.HOST_CPU, "the domain was not found in the list of domains");
                return true;
            }
            try {
                hostCpuReader.read(domain, run, row());
                readOn();
                return true;
            } catch (HypervisorException failed) {
                if (Failures.isOfTheRun(failed)) {
                    return false;
                }
                throw failed;
            }
        }

        private @Nullable Domain domainOf(TrackedRun run) {
            if (run.domain == null && !isListed) {
                isListed = true;
                list.doubt();
                list.refresh();
            }
            return run.domain;
        }
    }
}
