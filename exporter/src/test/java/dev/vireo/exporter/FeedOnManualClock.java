package dev.vireo.exporter;

/** Starts a feed whose clock a test moves without a word. */
public final class FeedOnManualClock {
    private static final long LOOKS_AT_THE_CLOCK_EACH_NANOS = 1_000_000;

    private FeedOnManualClock() {}

    public static SnapshotFeed start(SnapshotFeedBuilder builder) {
        return builder.mostNanosAsleep(LOOKS_AT_THE_CLOCK_EACH_NANOS).start();
    }
}
