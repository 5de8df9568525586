package dev.vireo.exporter;

import dev.vireo.driver.test.ManualClock;
import dev.vireo.monitor.SnapshotSource;
import java.time.Duration;

/** Starts a feed whose clock a test moves without a word. */
public final class FeedOnManualClock {
    private static final long LOOKS_AT_THE_CLOCK_EACH_NANOS = 1_000_000;

    private FeedOnManualClock() {}

    public static SnapshotFeed start(SnapshotFeedBuilder builder) {
        return builder.mostNanosAsleep(LOOKS_AT_THE_CLOCK_EACH_NANOS).start();
    }

    /** Starts a feed of snapshots that a test makes, whose times are by the clock. */
    public static SnapshotFeed start(SnapshotSource source, ManualClock clock) {
        FeedSettings settings =
                new FeedSettings(Duration.ofSeconds(5), Duration.ofSeconds(1), clock, LOOKS_AT_THE_CLOCK_EACH_NANOS);

        SnapshotFeed feed = new SnapshotFeed(source, settings, new ExporterHealth(), "of a test");
        feed.start();
        return feed;
    }
}
