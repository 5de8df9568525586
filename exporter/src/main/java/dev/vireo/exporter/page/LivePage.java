package dev.vireo.exporter.page;

import dev.vireo.HypervisorException;
import dev.vireo.exporter.FeedListener;
import dev.vireo.monitor.Snapshot;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns snapshots into what the live page and other programs read: frames, the history of the last ten minutes, and the
 * snapshot document, each JSON in UTF-8. Whatever is asked for is encoded once for each sample, by whoever asks first, and
 * shared by all who ask then. Thread-safe; returned arrays are shared and must not be written to.
 */
public final class LivePage implements FeedListener {
    private final String uri;
    private final LongSupplier clock;
    private final History history = new History();
    private Moment moment = Moment.BEFORE_ALL;
    private byte @Nullable [] frame;
    private byte @Nullable [] snapshotDocument;
    private byte @Nullable [] historyDocument;
    private int frameBytes;
    private int snapshotBytes;
    private int historyBytes;

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
        this.uri = Objects.requireNonNull(uri, "uri");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public synchronized void sampled(Snapshot snapshot) {
        moment = moment.with(snapshot);
        history.add(snapshot);
        forget();
    }

    /** What is known stays, and is told to be old. */
    @Override
    public synchronized void failed(HypervisorException failure) {
        moment = moment.with(String.valueOf(failure.getMessage()));
        forget();
    }

    /**
     * Returns the rates since the snapshot before, for the page.
     *
     * @return the frame; before the first snapshot one without domains
     */
    public synchronized byte[] frame() {
        byte[] encoded = frame;
        if (encoded == null) {
            encoded = FrameWriter.write(uri, moment, ageSeconds(), frameBytes);
            frameBytes = encoded.length;
            frame = encoded;
        }
        return encoded;
    }

    /**
     * Returns counters, their sources, and rates: the document of {@code /api/v1/snapshot}.
     *
     * @return the document; before the first snapshot one without domains
     */
    public synchronized byte[] snapshot() {
        byte[] encoded = snapshotDocument;
        if (encoded == null) {
            encoded = SnapshotDocument.write(uri, moment, ageSeconds(), snapshotBytes);
            snapshotBytes = encoded.length;
            snapshotDocument = encoded;
        }
        return encoded;
    }

    /**
     * Returns the last ten minutes: the document of {@code /api/v1/history}.
     *
     * @return the document, with no points before the second snapshot
     */
    public synchronized byte[] history() {
        byte[] encoded = historyDocument;
        if (encoded == null) {
            JsonBytes json = new JsonBytes(historyBytes);
            history.write(json);
            encoded = json.toBytes();
            historyBytes = encoded.length;
            historyDocument = encoded;
        }
        return encoded;
    }

    private double ageSeconds() {
        Snapshot last = moment.last();
        return last == null ? 0 : Math.max(0, clock.getAsLong() - last.monotonicNanos()) / 1e9;
    }

    private void forget() {
        frame = null;
        snapshotDocument = null;
        historyDocument = null;
    }
}
