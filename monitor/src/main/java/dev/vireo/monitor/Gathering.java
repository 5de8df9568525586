package dev.vireo.monitor;

import dev.vireo.HypervisorException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sample while it is made. Once it is closed, what comes late is dropped: a call that hung and came back must not meddle
 * with the next sample. Thread-safe.
 */
final class Gathering {
    private static final String IN_FLIGHT = "a call to read it has not come back";
    private static final String NO_TURN = "the time was up before its turn came";

    private final SnapshotBuilder builder;
    private final long number;
    private final long previousNumber;
    private boolean open = true;
    private @Nullable HypervisorException failure;

    Gathering(SnapshotBuilder builder, long number, long previousNumber) {
        this.builder = builder;
        this.number = number;
        this.previousNumber = previousNumber;
        builder.clear();
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** Gives a run the next row of the snapshot. */
    synchronized void add(TrackedRun run, Row row) {
        if (open) {
            place(run, row);
        }
    }

    /** Says that a run's own row has been filled; it gets its place when all are there. */
    synchronized void filled(TrackedRun run) {
        if (open) {
            run.filledIn = number;
        }
    }

    /** Says that a run was found to have ended. */
    synchronized void ended(TrackedRun run) {
        if (open) {
            run.endedIn = number;
        }
    }

    /** Says that the connection failed, so that nothing can be read. */
    synchronized void failed(HypervisorException error) {
        if (open) {
            failure = error;
        }
    }

    /** Throws what was wrong with the connection. */
    synchronized void requireNoFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    synchronized boolean has(TrackedRun run) {
        return run.sample == number;
    }

    /** Takes nothing more. */
    synchronized void stop() {
        open = false;
    }

    /**
     * Gives the runs that are listed their places, in that order: filled rows, and where a run was not read, what it had
     * before, said to be stale. Throws what was wrong with the connection.
     */
    synchronized void complete(List<TrackedRun> listed, @Nullable Snapshot previous, long now) {
        requireNoFailure();
        Row stale = new Row();
        for (TrackedRun run : listed) {
            if (run.filledIn == number) {
                place(run, run.row());
            } else if (run.sample != number && run.endedIn != number) {
                fillStale(stale, run, previous, now);
                place(run, stale);
            }
        }
    }

    /** Tells whether a run is in neither this sample nor a call, so that nobody needs it any more. */
    synchronized boolean isGone(TrackedRun run) {
        return run.sample != number && !run.isInFlight();
    }

    private void place(TrackedRun run, Row row) {
        run.sample = number;
        run.place = builder.size();
        builder.append(run.run(), row);
    }

    private void fillStale(Row row, TrackedRun run, @Nullable Snapshot previous, long now) {
        String reason = run.isInFlight() ? IN_FLIGHT : NO_TURN;
        if (previous != null && run.sample == previousNumber) {
            row.copyOf(previous, run.place);
        } else {
            row.beginUnread(reason, now);
        }
        row.stale(reason);
    }
}
