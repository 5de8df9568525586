package dev.vireo.exporter.page;

import dev.vireo.HypervisorException;
import dev.vireo.exporter.FeedListener;
import dev.vireo.monitor.Snapshot;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Turns snapshots into what the live page and other programs read: frames, the history of the last ten minutes, and the
 * snapshot document, each JSON in UTF-8. Whatever is asked for is encoded once for each sample, by whoever asks first, and
 * shared by all who ask then; what tells an age, again after a second. Who brings a snapshot waits for no encoding.
 * Thread-safe; returned arrays are shared and must not be written to.
 */
public final class LivePage implements FeedListener {
    // guarded by this
    private final History history = new History();
    // written by who holds the lock
    private volatile Moment moment = Moment.BEFORE_ALL;
    private final SharedDocument frame;
    private final SharedDocument snapshotDocument;
    private final SharedDocument historyDocument;

    /**
     * Makes a page that has seen nothing.
     *
     * @param uri what the snapshots are of, as it may be shown: without secrets
     */
    public LivePage(String uri) {
        this(uri, System::nanoTime);
    }

    /**
     * Makes a page that has seen nothing.
     *
     * @param uri what the snapshots are of, as it may be shown: without secrets
     * @param clock nanoseconds, the clock of the snapshots' {@link Snapshot#monotonicNanos()}
     */
    public LivePage(String uri, LongSupplier clock) {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(clock, "clock");
        frame = new SharedDocument(
                clock,
                SharedDocument.AGE_LASTS,
                (of, now, size) -> FrameWriter.write(uri, of, ageSeconds(of, now), size));
        snapshotDocument = new SharedDocument(
                clock,
                SharedDocument.AGE_LASTS,
                (of, now, size) -> SnapshotDocument.write(uri, of, ageSeconds(of, now), size));
        historyDocument =
                new SharedDocument(clock, SharedDocument.NO_AGE, (of, now, size) -> history(copyOfHistory(), size));
    }

    /**
     * Begins with a snapshot that was taken before this page listened, unless there is one by now.
     *
     * @param snapshot the last one there was
     */
    synchronized void begin(Snapshot snapshot) {
        if (moment.last() == null) {
            moment = moment.before(snapshot);
            history.add(snapshot);
        }
    }

    /** One that it has begun with already is none. */
    @Override
    public synchronized void sampled(Snapshot snapshot) {
        if (isKnown(snapshot)) {
            return;
        }
        moment = moment.with(snapshot);
        history.add(snapshot);
    }

    @SuppressWarnings("ReferenceEquality") // the feed tells of each snapshot once
    private boolean isKnown(Snapshot snapshot) {
        return moment.last() == snapshot && moment.error() == null;
    }

    /** What is known stays, and is told to be old. */
    @Override
    public synchronized void failed(HypervisorException failure) {
        moment = moment.with(String.valueOf(failure.getMessage()));
    }

    /**
     * Returns the rates since the snapshot before, for the page.
     *
     * @return the frame; before the first snapshot one without domains
     */
    public byte[] frame() {
        return frame.of(moment);
    }

    /**
     * Returns counters, their sources, and rates: the document of {@code /api/v1/snapshot}.
     *
     * @return the document; before the first snapshot one without domains
     */
    public byte[] snapshot() {
        return snapshotDocument.of(moment);
    }

    /**
     * Returns the last ten minutes: the document of {@code /api/v1/history}.
     *
     * @return the document, with no points before the second snapshot
     */
    public byte[] history() {
        return historyDocument.of(moment);
    }

    private static byte[] history(History history, int expectedBytes) {
        JsonEncoder json = new JsonEncoder(expectedBytes);
        history.write(json);
        return json.toBytes();
    }

    private synchronized History copyOfHistory() {
        return history.copy();
    }

    private static double ageSeconds(Moment moment, long now) {
        Snapshot last = moment.last();
        return last == null ? 0 : Math.max(0, now - last.monotonicNanos()) / 1e9;
    }
}
