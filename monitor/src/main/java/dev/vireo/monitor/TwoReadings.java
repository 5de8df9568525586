package dev.vireo.monitor;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.StatsGroup;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Two readings of a domain: over what time rates can be made of them, and why not where they cannot. Immutable. */
final class TwoReadings {
    /** The row of a run that the earlier snapshot does not have. */
    static final int NEW = -1;

    /** The row of a run that the earlier snapshot does not have, where it has another run of the domain. */
    static final int RESTARTED = -2;

    /** Where it is not known by more than this part of an interval when a number was read, there is no rate. */
    private static final int MOST_UNCERTAIN = 4;
    /** Groups are set against each other where their intervals differ by no more than this part. */
    private static final int MOST_APART = 20;

    private final Snapshot earlier;
    private final int earlierRow;
    private final Snapshot later;
    private final int row;
    private final @Nullable String nothing;

    TwoReadings(Snapshot earlier, int earlierRow, Snapshot later, int row) {
        this.earlier = earlier;
        this.earlierRow = earlierRow;
        this.later = later;
        this.row = row;
        nothing = whyNothingAtAll();
    }

    /** Returns why there are no rates of any group; null if there may be. */
    @Nullable String whyNothing() {
        return nothing;
    }

    /** Returns why there are no rates of a group; null if there may be. */
    @Nullable String whyNot(StatsGroup group) {
        if (nothing != null) {
            return nothing;
        }
        String whyNoTime = whyNoTime(group);
        return whyNoTime == null ? whyNoSource(group) : whyNoTime;
    }

    /** Returns the time between the two readings of a group. */
    long nanos(StatsGroup group) {
        return later.readTimes().at(row, group) - earlier.readTimes().at(earlierRow, group);
    }

    /** Returns why rates of two groups, which there are, cannot be set against each other; null if they can. */
    @Nullable String whyNotTogether(StatsGroup one, StatsGroup other) {
        long nanos = nanos(one);
        return Math.abs(nanos - nanos(other)) <= nanos / MOST_APART
                ? null
                : "read over different times: " + seconds(nanos) + " and " + seconds(nanos(other));
    }

    private @Nullable String whyNothingAtAll() {
        if (earlierRow < 0) {
            return earlierRow == RESTARTED ? "the domain was restarted" : "the domain is new";
        }
        if (later.staleReason(row) != null) {
            return "the domain is stale: " + later.staleReason(row);
        }
        String stale = earlier.staleReason(earlierRow);
        return stale == null ? null : "the domain was stale: " + stale;
    }

    private @Nullable String whyNoTime(StatsGroup group) {
        long nanos = nanos(group);
        if (nanos <= 0) {
            return "no time has passed between the two readings";
        }
        long before = earlier.readTimes().took(earlierRow, group);
        long now = later.readTimes().took(row, group);
        if (before / 2 + now / 2 <= nanos / MOST_UNCERTAIN) {
            return null;
        }
        return "reading took " + seconds(Math.max(before, now)) + ", which is too long for a rate over "
                + seconds(nanos);
    }

    private @Nullable String whyNoSource(StatsGroup group) {
        CpuStatsOrigin now = later.origin(row, group);
        CpuStatsOrigin before = earlier.origin(earlierRow, group);
        if (now == before) {
            return null;
        }
        if (now == null || before == null || !now.source().equals(before.source())) {
            return "the source changed from " + earlier.domain(earlierRow).source(group) + " to "
                    + later.domain(row).source(group);
        }
        return now.generation() == before.generation() ? null : now.source() + " started to count again";
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
