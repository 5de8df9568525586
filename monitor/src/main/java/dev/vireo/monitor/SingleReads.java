package dev.vireo.monitor;

import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads domains one by one, on a few threads at a time, so that one that hangs takes a thread and holds nobody up. A run whose
 * call has not come back is not called again. Thread-safe.
 */
final class SingleReads {
    private static final int READERS = 8;

    private final SamplerSettings settings;
    private final Workers workers;
    private final DomainList list;
    private final HostCpus hostCpus;
    private final Queue<DomainReader> spareReaders = new ConcurrentLinkedQueue<>();

    SingleReads(SamplerSettings settings, Workers workers, DomainList list, HostCpus hostCpus) {
        this.settings = settings;
        this.workers = workers;
        this.list = list;
        this.hostCpus = hostCpus;
    }

    /** Reads the domains that the sample does not have yet and returns all that there are. */
    List<TrackedRun> read(Gathering gathering, List<TrackedRun> before, long until) throws InterruptedException {
        List<TrackedRun> listed = list(gathering, before, until);
        Queue<TrackedRun> due = new ConcurrentLinkedQueue<>();
        for (TrackedRun run : listed) {
            if (!gathering.has(run) && !run.isInFlight()) {
                due.add(run);
            }
        }
        readAll(gathering, due, due.size(), until);
        return listed;
    }

    /** Where the list is not there in time, those that were there before are taken to be there still. */
    private List<TrackedRun> list(Gathering gathering, List<TrackedRun> before, long until)
            throws InterruptedException {
        Progress progress = new Progress(1);
        AtomicBoolean isListed = new AtomicBoolean();
        Runnable refresh = () -> {
            try {
                hostCpus.refresh(settings.now());
                isListed.set(list.refresh());
            } catch (HypervisorException error) {
                gathering.failed(error);
            } finally {
                progress.ended();
            }
        };
        if (workers.start(refresh)) {
            settings.waiting().await(progress, until);
        }
        if (isListed.get()) {
            return list.known();
        }
        gathering.requireNoFailure();
        if (before.isEmpty()) {
            throw notListed();
        }
        return before;
    }

    private HypervisorException notListed() {
        return HypervisorException.of(
                ErrorCode.OPERATION_TIMEOUT,
                settings.connection().driverName(),
                "the domains of " + settings.connection().uri() + " were not listed within "
                        + settings.deadlineNanos() / 1_000_000 + " ms; is the hypervisor hung?");
    }

    private void readAll(Gathering gathering, Queue<TrackedRun> due, int count, long until)
            throws InterruptedException {
        Progress progress = new Progress(count);
        boolean isStarted = false;
        for (int i = 0; i < Math.min(READERS, count); i++) {
            isStarted |= workers.start(() -> readOnes(gathering, due, progress));
        }
        if (isStarted) {
            settings.waiting().await(progress, until);
        }
    }

    private void readOnes(Gathering gathering, Queue<TrackedRun> due, Progress progress) {
        DomainReader spare = spareReaders.poll();
        DomainReader reader = spare == null ? new DomainReader(settings, hostCpus) : spare;
        for (TrackedRun run = due.poll(); run != null; run = due.poll()) {
            try {
                if (gathering.isOpen()) {
                    read(gathering, reader, run);
                }
            } finally {
                progress.ended();
            }
        }
        spareReaders.add(reader);
    }

    private void read(Gathering gathering, DomainReader reader, TrackedRun run) {
        @Nullable Domain domain = run.domain;
        if (domain == null || !run.begin()) {
            return;
        }
        boolean isThere;
        try {
            isThere = reader.read(domain, run);
        } catch (HypervisorException error) {
            gathering.failed(error);
            return;
        } catch (RuntimeException broken) {
            gathering.failed(Failures.broken(broken));
            return;
        } finally {
            run.end();
        }
        if (isThere) {
            gathering.filled(run);
        } else {
            list.doubt();
            gathering.ended(run);
        }
    }
}
