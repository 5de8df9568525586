package dev.vireo.exporter;

import dev.vireo.Connection;
import dev.vireo.monitor.LiveSource;
import dev.vireo.monitor.SamplerBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Builds a {@link SnapshotFeed}. Not thread-safe. */
public final class SnapshotFeedBuilder {
    /** How often a feed reads that is not told. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    /** How long a feed has who asks wait that is not told. */
    public static final Duration DEADLINE = Duration.ofSeconds(1);

    private final Connection first;
    private final Supplier<Connection> opener;
    private ExporterHealth health = new ExporterHealth();
    private Duration interval = INTERVAL;
    private Duration deadline = DEADLINE;
    private LongSupplier clock = System::nanoTime;
    private InstantSource wallClock = InstantSource.system();
    private long mostNanosAsleep = Long.MAX_VALUE;

    SnapshotFeedBuilder(Connection first, Supplier<Connection> opener) {
        this.first = Objects.requireNonNull(first, "first");
        this.opener = Objects.requireNonNull(opener, "opener");
    }

    /**
     * Sets how often it reads while nobody watches.
     *
     * @param time more than 0; 5 s if it is not set
     * @return this builder
     * @throws IllegalArgumentException if it is 0 or less
     */
    public SnapshotFeedBuilder interval(Duration time) {
        interval = requirePositive(time, "interval");
        return this;
    }

    /**
     * Sets how long {@link SnapshotFeed#fresh} waits at most. Domains are given nine tenths of it to answer: what has not come
     * by then is stale, and in time all the same.
     *
     * @param time more than 0; 1 s if it is not set
     * @return this builder
     * @throws IllegalArgumentException if it is 0 or less
     */
    public SnapshotFeedBuilder deadline(Duration time) {
        deadline = requirePositive(time, "deadline");
        return this;
    }

    /**
     * Sets where errors are counted.
     *
     * @param where also others may count there; one of its own if it is not set
     * @return this builder
     */
    public SnapshotFeedBuilder health(ExporterHealth where) {
        health = Objects.requireNonNull(where, "where");
        return this;
    }

    /**
     * Sets the clock that intervals, ages and deadlines are measured by.
     *
     * @param nanos a clock that never goes back; {@link System#nanoTime} if it is not set
     * @return this builder
     */
    public SnapshotFeedBuilder clock(LongSupplier nanos) {
        clock = Objects.requireNonNull(nanos, "nanos");
        return this;
    }

    /**
     * Sets the clock that snapshots are dated by.
     *
     * @param clockOnTheWall the time of day; the system's if it is not set
     * @return this builder
     */
    public SnapshotFeedBuilder wallClock(InstantSource clockOnTheWall) {
        wallClock = Objects.requireNonNull(clockOnTheWall, "clockOnTheWall");
        return this;
    }

    SnapshotFeedBuilder mostNanosAsleep(long time) {
        mostNanosAsleep = time;
        return this;
    }

    /**
     * Starts to read.
     *
     * @return a feed, which closes its connections when it is closed
     */
    public SnapshotFeed start() {
        LiveSource source = new LiveSource(first, opener, this::setUp);
        SnapshotFeed feed = new SnapshotFeed(
                source,
                new FeedSettings(interval, deadline, clock, mostNanosAsleep),
                health,
                first.uri().toString());
        feed.start();
        return feed;
    }

    private SamplerBuilder setUp(SamplerBuilder sampler) {
        return sampler.clock(clock).wallClock(wallClock).deadline(Duration.ofNanos(deadline.toNanos() / 10 * 9));
    }

    private static Duration requirePositive(Duration time, String what) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("a feed's " + what + " is more than 0, not " + time);
        }
        return time;
    }
}
