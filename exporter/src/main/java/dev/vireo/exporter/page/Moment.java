package dev.vireo.exporter.page;

import dev.vireo.monitor.Rates;
import dev.vireo.monitor.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What is known at one time: the last snapshot, the one before it, and what is wrong with the connection since.
 *
 * @param number which moment this is, counted from 1
 * @param earlier the snapshot before the last, null if there is none
 * @param last the last snapshot, null before the first
 * @param error why there is none since, null if all is well
 */
record Moment(
        long number,
        @Nullable Snapshot earlier,
        @Nullable Snapshot last,
        @Nullable String error) {
    /** Why there are no rates while there is one snapshot alone. */
    private static final String FIRST = "this is the first sample: a rate needs two";

    static final Moment BEFORE_ALL = new Moment(0, null, null, null);

    Moment with(Snapshot next) {
        return new Moment(number + 1, last, next, null);
    }

    /** Adds the first snapshot, which was taken before whatever failed since. */
    Moment before(Snapshot first) {
        return new Moment(number + 1, null, first, error);
    }

    Moment with(String failure) {
        return new Moment(number + 1, earlier, last, failure);
    }

    /** Compares a snapshot with the one before it, or, where there is none, with itself. */
    Rates rates(Snapshot later) {
        return Rates.between(earlier == null ? later : earlier, later);
    }

    @Nullable String whyNoRates() {
        return earlier == null ? FIRST : null;
    }
}
