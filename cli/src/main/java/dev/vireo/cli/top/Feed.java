package dev.vireo.cli.top;

import dev.vireo.HypervisorException;
import dev.vireo.monitor.Pace;
import dev.vireo.monitor.Rates;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotSource;
import org.jspecify.annotations.Nullable;

/** Makes rates of the snapshots of a source, in their time. A source that fails is asked again, later and later. */
final class Feed {
    private final SnapshotSource source;
    private final Pace pace;
    private @Nullable Snapshot earlier;

    Feed(SnapshotSource source, Pace pace) {
        this.source = source;
        this.pace = pace;
    }

    /** Waits until something is due and returns what came of it. After a failure there are no rates at first. */
    Event next() throws InterruptedException {
        pace.await();
        try {
            Snapshot later = source.next();
            if (later == null) {
                return new Event.Ended();
            }
            pace.succeeded();
            Rates rates = Rates.between(earlier == null ? later : earlier, later);
            earlier = later;
            return new Event.Sampled(rates);
        } catch (HypervisorException failure) {
            earlier = null;
            return new Event.Failed(failure.code().libvirtName() + ": " + failure.getMessage(), pace.failed());
        }
    }
}
