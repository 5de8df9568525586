package dev.vireo.monitor;

import dev.vireo.Connection;
import dev.vireo.HypervisorException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the running domains of a connection, over and over, each time into an immutable {@link Snapshot}.
 *
 * <p>A sample never takes longer than its deadline, but for the time that its own bookkeeping takes: domains whose reading has
 * not come back by then are {@linkplain DomainSample#isStale() stale}, keep the numbers of their last reading, and hold nobody
 * up. A call that hangs is not repeated while it does. One number that cannot be read takes no other with it.
 *
 * <p>Thread-safe; samples are taken one at a time. It has threads of its own, which end when it is closed.
 */
public final class Sampler implements AutoCloseable {
    private final SamplerSettings settings;
    private final Workers workers;
    private final Runs runs;
    private final DomainList list;
    private final HostCpus hostCpus;
    private final BulkReads bulkReads;
    private final SingleReads singleReads;
    private final SnapshotBuilder builder = new SnapshotBuilder();
    private @Nullable Snapshot previous;
    private long number;
    private long previousNumber;
    private volatile boolean isClosed;

    Sampler(SamplerSettings settings) {
        this.settings = settings;
        workers = new Workers("vireo-sampler " + settings.connection().uri());
        runs = new Runs(settings.wallClock());
        list = new DomainList(settings, runs);
        hostCpus = new HostCpus(settings);
        bulkReads = new BulkReads(settings, workers, runs, list, hostCpus);
        singleReads = new SingleReads(settings, workers, list, hostCpus);
    }

    /**
     * Starts to build a sampler. Closing it leaves the connection open.
     *
     * @param connection whose domains to read
     * @return a builder
     */
    public static SamplerBuilder over(Connection connection) {
        return new SamplerBuilder(connection);
    }

    /**
     * Reads all running domains.
     *
     * @return what they had used
     * @throws HypervisorException {@link dev.vireo.ErrorCode#INVALID_CONN}, {@link dev.vireo.ErrorCode#RPC} or whatever else
     *     keeps domains from being listed; {@link dev.vireo.ErrorCode#OPERATION_TIMEOUT} if they have not been by the deadline,
     *     and never were before
     * @throws IllegalStateException if the sampler has been closed
     * @throws InterruptedException if the thread is interrupted while it waits; the sampler can be used again
     */
    public synchronized Snapshot sample() throws InterruptedException {
        requireOpen();
        Gathering gathering = new Gathering(builder, ++number, previousNumber);
        List<TrackedRun> listed = List.of();
        try {
            long start = settings.now();
            long deadline = settings.deadlineNanos();
            // the rest of the time is for those that the bulk read has not told of
            if (!bulkReads.isUsable() || !bulkReads.read(gathering, start + deadline / 4 * 3)) {
                listed = singleReads.read(gathering, runs.in(previousNumber), start + deadline);
            }
        } finally {
            gathering.stop();
            requireOpen(); // what was read of a sampler that is being closed is not all
        }
        long now = settings.now();
        gathering.complete(listed, previous, now);
        Snapshot snapshot = builder.build(
                now, settings.wallClock().instant(), settings.connection().driverName(), hostCpus.online());
        runs.forget(gathering::isGone);
        previous = snapshot;
        previousNumber = number;
        return snapshot;
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException(
                    "the sampler of " + settings.connection().uri() + " has been closed");
        }
    }

    /** Ends the sampler's threads and its subscription to events. A call that hangs is left to itself. */
    @Override
    public void close() {
        isClosed = true;
        workers.close();
        list.close();
    }
}
