package dev.vireo.exporter;

import dev.vireo.HypervisorException;
import dev.vireo.monitor.Snapshot;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Tells a log when a feed's hypervisor cannot be read any more, and when it can again: once each, however long that takes.
 * For one feed.
 */
public final class Outages implements FeedListener {
    private final Readiness readiness;
    private final Duration usualAge;
    private final Consumer<String> log;
    private boolean isOut;

    /**
     * Makes one that has seen nothing wrong.
     *
     * @param readiness tells what is wrong
     * @param usualAge how old the feed's last snapshot may be if all is well
     * @param log takes one line each time, on the feed's thread
     */
    public Outages(Readiness readiness, Duration usualAge, Consumer<String> log) {
        this.readiness = Objects.requireNonNull(readiness, "readiness");
        this.usualAge = Objects.requireNonNull(usualAge, "usualAge");
        this.log = Objects.requireNonNull(log, "log");
    }

    @Override
    public void sampled(Snapshot snapshot) {
        look();
    }

    @Override
    public void failed(HypervisorException failure) {
        look();
    }

    private void look() {
        String reason = readiness.whyNot(usualAge);
        if (reason != null && !isOut) {
            log.accept(reason + "; what is served meanwhile is old, and it is tried again");
        } else if (reason == null && isOut) {
            log.accept("the hypervisor is read again");
        }
        isOut = reason != null;
    }
}
