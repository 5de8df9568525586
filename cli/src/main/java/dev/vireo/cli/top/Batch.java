package dev.vireo.cli.top;

import dev.vireo.monitor.Pace;
import dev.vireo.monitor.SnapshotSource;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** {@code vireo top} without a terminal: writes each interval when it is over. */
public final class Batch {
    private final Feed feed;
    private final TopSettings settings;
    private final TickWriter writer;
    private final BooleanSupplier flush;
    private final Consumer<String> remarks;

    /**
     * Makes a run.
     *
     * @param source where the snapshots come from; this does not close it
     * @param period the time between two snapshots
     * @param settings what is written
     * @param writer writes it
     * @param flush hands over what was written; false if nobody reads any more
     * @param remarks takes what went wrong
     */
    public Batch(
            SnapshotSource source,
            Duration period,
            TopSettings settings,
            TickWriter writer,
            BooleanSupplier flush,
            Consumer<String> remarks) {
        this(new Feed(source, Pace.of(period)), settings, writer, flush, remarks);
    }

    Batch(Feed feed, TopSettings settings, TickWriter writer, BooleanSupplier flush, Consumer<String> remarks) {
        this.feed = feed;
        this.settings = settings;
        this.writer = writer;
        this.flush = flush;
        this.remarks = remarks;
    }

    /**
     * Writes until there is nothing more, or nobody reads.
     *
     * @param count how many intervals
     * @return whether all was written
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean run(int count) throws InterruptedException {
        writer.begin();
        boolean isRead = true;
        for (int ticks = 0; isRead && ticks < count; ) {
            Event event = feed.next();
            if (event instanceof Event.Ended) {
                return true;
            } else if (event instanceof Event.Failed failed) {
                remarks.accept(failed.text());
            } else if (event instanceof Event.Sampled sampled && sampled.isMeasured()) {
                writer.tick(sampled.rates(), Order.rows(sampled.rates(), settings));
                isRead = flush.getAsBoolean();
                ticks++;
            }
        }
        return isRead;
    }
}
