package dev.vireo.exporter.otlp;

import dev.vireo.ErrorCode;
import dev.vireo.exporter.ExporterHealth;
import dev.vireo.monitor.Snapshot;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pushes the last snapshot to a receiver of OTLP (HTTP, protobuf), again and again, on threads of its own: nobody else waits
 * for the receiver, and nothing piles up for it. What could not be pushed is not kept; counters lose nothing by that.
 *
 * <p>Only readings that the receiver has not accepted yet are pushed: a domain that is gone, or that cannot be read, has no
 * points from then on, and none is dated later than it was read. A receiver that does not accept is counted as {@value #OPERATION}
 * in the {@link ExporterHealth} each time, and told of in the log once, and once more when it accepts again. Thread-safe.
 */
public final class OtlpPush implements AutoCloseable {
    /** What failed pushes are counted as. */
    public static final String OPERATION = "otlp";

    /** Until there is a first snapshot. */
    private static final Duration FIRST_LOOKS = Duration.ofMillis(200);

    private final Supplier<@Nullable Snapshot> latest;
    private final OtlpSettings settings;
    private final ExporterHealth health;
    private final Consumer<String> log;
    private final SnapshotMetrics metrics;
    private final Sender sender;
    private final Thread thread;
    private final ReentrantLock closing = new ReentrantLock();
    private final Condition closed = closing.newCondition();
    private boolean isClosed;
    // of the thread that pushes
    private final Receiver receiver = new Receiver();
    private long failedInARow;

    OtlpPush(Supplier<@Nullable Snapshot> latest, OtlpSettings settings, ExporterHealth health, Consumer<String> log) {
        this.latest = Objects.requireNonNull(latest, "latest");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.health = Objects.requireNonNull(health, "health");
        this.log = Objects.requireNonNull(log, "log");
        metrics = new SnapshotMetrics(settings);
        sender = new Sender(settings);
        thread = new Thread(this::pushOn, Sender.THREADS);
        thread.setDaemon(true);
    }

    /**
     * Begins to push.
     *
     * @param latest returns the last snapshot, null before the first; called on the push's own thread, and must not wait
     * @param settings where to, and how often
     * @param health where failures are counted
     * @param log is told when the receiver begins and ends to fail, on the push's own thread
     * @return to be closed
     */
    public static OtlpPush start(
            Supplier<@Nullable Snapshot> latest, OtlpSettings settings, ExporterHealth health, Consumer<String> log) {
        OtlpPush push = new OtlpPush(latest, settings, health, log);
        push.thread.start();
        return push;
    }

    private void pushOn() {
        long left = 0;
        while (!isClosedWithin(left)) {
            long begun = System.nanoTime();
            boolean wasThere = push();
            Duration period = wasThere ? settings.interval() : FIRST_LOOKS;
            left = period.toNanos() - (System.nanoTime() - begun);
        }
    }

    private boolean isClosedWithin(long nanos) {
        closing.lock();
        try {
            long left = nanos;
            while (!isClosed && left > 0) {
                left = closed.awaitNanos(left);
            }
            return isClosed;
        } catch (InterruptedException ended) {
            return true;
        } finally {
            closing.unlock();
        }
    }

    /** Pushes what is new, if there is a snapshot, and tells whether there is. A failure of any kind ends nothing else. */
    boolean push() {
        try {
            Snapshot snapshot = latest.get();
            if (snapshot != null) {
                push(snapshot);
            }
            return snapshot != null;
        } catch (Throwable broken) { // the next push is tried, whatever became of this one
            failed(PushFailure.of(broken));
            return true;
        }
    }

    private void push(Snapshot snapshot) {
        boolean isSent = false;
        PushFailure failure = null;
        for (List<PushedDomain> part : metrics.parts(receiver.news(snapshot))) {
            List<MetricData> news = metrics.of(part);
            PushFailure ofPart = news.isEmpty() ? null : sender.send(news);
            if (Thread.currentThread().isInterrupted()) {
                return; // closed meanwhile
            }
            if (ofPart == null) {
                isSent |= !news.isEmpty();
                receiver.accept(part);
            } else {
                failure = failure == null ? ofPart : failure;
            }
            if (ofPart != null && !ofPart.isOfContent()) {
                break; // the other parts would fare no better
            }
        }
        if (failure != null) {
            failed(failure);
        } else if (isSent) {
            succeeded();
        }
    }

    private void failed(PushFailure failure) {
        health.failed(OPERATION, failure.code());
        if (failedInARow++ == 0) {
            tell("the OTLP receiver " + settings.shownEndpoint() + " did not accept: " + failure.text()
                    + "; tried again each " + OtlpSettings.seconds(settings.interval())
                    + ", and told of when it works");
        }
    }

    private void succeeded() {
        if (failedInARow > 0) {
            tell("the OTLP receiver " + settings.shownEndpoint() + " accepts again, after " + failedInARow
                    + (failedInARow == 1 ? " failure" : " failures"));
        }
        failedInARow = 0;
    }

    private void tell(String text) {
        try {
            log.accept(text);
        } catch (Throwable broken) { // a log that fails ends no push
            health.failed(OPERATION, ErrorCode.INTERNAL_ERROR);
        }
    }

    /** Ends the threads, also in the middle of a push. */
    @Override
    public void close() {
        closing.lock();
        try {
            isClosed = true;
            closed.signalAll();
        } finally {
            closing.unlock();
        }
        thread.interrupt();
        sender.close();
    }
}
