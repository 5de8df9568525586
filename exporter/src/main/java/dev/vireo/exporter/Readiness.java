package dev.vireo.exporter;

import dev.vireo.HypervisorException;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Snapshot;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether what a feed has is of now. A snapshot in which no domain could be read is as old as the youngest of the readings
 * in it, whenever it was put together: a hypervisor that hangs still gives snapshots. Thread-safe.
 */
public final class Readiness {
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private final SnapshotFeed feed;

    /**
     * Makes one that has not looked yet.
     *
     * @param feed whose snapshots they are
     */
    public Readiness(SnapshotFeed feed) {
        this.feed = Objects.requireNonNull(feed, "feed");
    }

    /**
     * Tells whether the hypervisor could be read the last time: at least one domain of it, if any runs.
     *
     * @param latest the feed's last snapshot, null before the first
     * @return whether it could
     */
    public boolean isUp(@Nullable Snapshot latest) {
        return latest != null && feed.failure() == null && !isSilent(latest);
    }

    /** Tells whether domains run and none of them answered. */
    private static boolean isSilent(Snapshot snapshot) {
        return snapshot.size() > 0 && snapshot.domains().stream().allMatch(DomainSample::isStale);
    }

    /**
     * Returns how old the youngest reading is that a snapshot has.
     *
     * @param snapshot one of the feed's
     * @return the age, not negative
     */
    public Duration age(Snapshot snapshot) {
        Duration age = feed.age(snapshot);
        return isSilent(snapshot) ? age.plus(youngest(snapshot)) : age;
    }

    private static Duration youngest(Snapshot snapshot) {
        return snapshot.domains().stream()
                .map(DomainSample::age)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /**
     * Returns why there is no sample of now, in one line. One that is twice as old as it should ever be is none.
     *
     * @param usualAge how old the last one may be if all is well
     * @return the reason, null if there is one
     */
    public @Nullable String whyNot(Duration usualAge) {
        HypervisorException failure = feed.failure();
        if (failure != null) {
            return "the hypervisor cannot be read: " + oneLine(failure.getMessage());
        }
        Snapshot latest = feed.latest();
        if (latest == null) {
            return "nothing has been read yet";
        }
        Duration age = age(latest);
        if (isSilent(latest)) {
            return "no domain answers, the last one did " + age.toSeconds() + " s ago: " + reason(latest);
        }
        return age.compareTo(usualAge.multipliedBy(2)) > 0 ? "the last sample is " + age.toSeconds() + " s old" : null;
    }

    private static String reason(Snapshot silent) {
        return oneLine(silent.domain(0).staleReason().orElse(""));
    }

    /** What a driver says may have line breaks and other controls in it; its readers take a line each. */
    private static String oneLine(@Nullable String text) {
        return text == null ? "" : CONTROLS.matcher(text).replaceAll(" ").strip();
    }

    /**
     * Returns why there never will be a sample again.
     *
     * @return the reason, null if the feed reads on
     */
    public @Nullable String whyDead() {
        return feed.isAlive() ? null : "what reads the hypervisor has ended; start the service again";
    }
}
