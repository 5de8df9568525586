package dev.vireo.exporter;

import dev.vireo.Connection;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Subscription;
import dev.vireo.monitor.Pace;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one reader of a connection that all share who are served: it reads at a pace, faster while somebody watches, and whenever
 * somebody asks for numbers of this moment. One reading serves all who asked meanwhile.
 *
 * <p>Nobody who asks waits for a hypervisor for longer than the deadline. A connection that is lost is opened again, later and
 * later; {@link #failure()} says why meanwhile, and the last snapshot stays. Thread-safe. It has a thread of its own.
 */
public final class SnapshotFeed implements AutoCloseable {
    private enum Turn {
        DUE,
        ASKED,
        END
    }

    private final SnapshotSource source;
    private final FeedSettings settings;
    private final ExporterHealth health;
    private final Thread thread;
    private final FeedListeners listeners;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // guarded by the lock, as what follows
    private final Pace pace;
    private boolean isAsked;
    private int watchers;
    private boolean isClosed;
    private volatile @Nullable Snapshot latest;
    private volatile @Nullable HypervisorException failure;

    SnapshotFeed(SnapshotSource source, FeedSettings settings, ExporterHealth health, String name) {
        this.source = source;
        this.settings = settings;
        this.health = health;
        listeners = new FeedListeners(health);
        pace = new Pace(settings.interval(), settings.clock(), nanos -> {});
        thread = new Thread(this::readOn, "vireo-feed " + name);
        thread.setDaemon(true);
    }

    /**
     * Begins to build a feed.
     *
     * @param first the connection to begin with, which the feed closes
     * @param opener opens another one where that was lost, on the feed's thread
     * @return a builder
     */
    public static SnapshotFeedBuilder over(Connection first, Supplier<Connection> opener) {
        return new SnapshotFeedBuilder(first, opener);
    }

    void start() {
        thread.start();
    }

    /**
     * Returns the last snapshot, and never waits.
     *
     * @return null before the first
     */
    public @Nullable Snapshot latest() {
        return latest;
    }

    /**
     * Returns a snapshot of this moment: the last one if it is young enough, else the next. Waits for it until the deadline at
     * most, and not at all while the connection is lost; then the last one has to do, however old.
     *
     * @param maxAge how old is young enough
     * @return null if there never was one
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public @Nullable Snapshot fresh(Duration maxAge) throws InterruptedException {
        long asked = settings.now();
        long oldest = asked - maxAge.toNanos();
        lock.lockInterruptibly();
        try {
            long left = settings.deadline().toNanos();
            while (left > 0 && failure == null && !isClosed && !isSince(oldest)) {
                isAsked = true;
                changed.signalAll();
                changed.await(settings.asleep(left), TimeUnit.NANOSECONDS);
                left = asked + settings.deadline().toNanos() - settings.now();
            }
            return latest;
        } finally {
            lock.unlock();
        }
    }

    private boolean isSince(long time) {
        Snapshot last = latest;
        return last != null && last.monotonicNanos() - time >= 0;
    }

    /**
     * Returns how old a snapshot of this feed is by now.
     *
     * @param snapshot one of this feed's
     * @return its age, not negative
     */
    public Duration age(Snapshot snapshot) {
        return Duration.ofNanos(Math.max(0, settings.now() - snapshot.monotonicNanos()));
    }

    /**
     * Returns why the last reading failed.
     *
     * @return null if it did not, or there was none yet
     */
    public @Nullable HypervisorException failure() {
        return failure;
    }

    /**
     * Tells whether its thread lives: without it nothing is read any more.
     *
     * @return false before it is started and after it has ended
     */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /**
     * Returns how the exporter fares.
     *
     * @return where the feed counts its errors
     */
    public ExporterHealth health() {
        return health;
    }

    /**
     * Calls a listener for each snapshot that is taken at the pace, and for those taken between because somebody asked unless
     * they come sooner than a second after the last. One that throws is counted as an error, and stays.
     *
     * @param listener called on the feed's thread
     * @return ends it
     */
    public Subscription listen(FeedListener listener) {
        return listeners.add(listener);
    }

    /** Has it read each second, until {@link #unwatch()} was called as often as this. */
    public void watch() {
        changeWatchers(1);
    }

    /** Takes back one {@link #watch()}. */
    public void unwatch() {
        changeWatchers(-1);
    }

    private void changeWatchers(int difference) {
        lock.lock();
        try {
            if (watchers + difference < 0) {
                throw new IllegalStateException("nobody watches");
            }
            watchers += difference;
            pace.period(settings.interval(watchers > 0));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void readOn() {
        try {
            for (Turn turn = awaitTurn(); turn != Turn.END; turn = awaitTurn()) {
                read(turn == Turn.DUE);
            }
        } catch (InterruptedException closed) {
            // the thread is this feed's own, and ends
        } finally {
            source.close();
        }
    }

    /** Waits until there is something to read; what is due goes before what is just asked for. */
    private Turn awaitTurn() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!isClosed) {
                long left = pace.leftNanos();
                if (left == 0) {
                    return Turn.DUE;
                }
                if (isAsked && failure == null) {
                    return Turn.ASKED;
                }
                changed.await(settings.asleep(left), TimeUnit.NANOSECONDS);
            }
            return Turn.END;
        } finally {
            lock.unlock();
        }
    }

    private void read(boolean isPaced) throws InterruptedException {
        long start = settings.now();
        try {
            Snapshot snapshot = source.next();
            if (snapshot != null) {
                health.sampled(settings.now() - start);
                succeeded(snapshot, isPaced);
            }
        } catch (HypervisorException failed) {
            failed(failed);
        } catch (InterruptedException closed) {
            throw closed;
        } catch (Throwable broken) { // whatever it is, who is served has to be told and the next sample tried
            failed(HypervisorException.of(ErrorCode.INTERNAL_ERROR, "exporter", "a sample failed: " + broken, broken));
        }
    }

    private void succeeded(Snapshot snapshot, boolean isPaced) {
        lock.lock();
        try {
            latest = snapshot;
            failure = null;
            isAsked = false;
            if (isPaced) {
                pace.succeeded();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.sampled(snapshot, isPaced);
    }

    private void failed(HypervisorException failed) {
        health.failed("sample", failed.code());
        lock.lock();
        try {
            failure = failed;
            isAsked = false;
            pace.failed();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.failed(failed);
    }

    /** Ends the thread and closes the connection. One that hangs is left to itself after the deadline. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (Thread.currentThread() != thread) {
                thread.join(TimeUnit.NANOSECONDS.toMillis(settings.deadline().toNanos()) + 1);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
