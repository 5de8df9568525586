package dev.vireo.monitor;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainState;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a row of a recording has besides its numbers.
 *
 * @param state the domain's state
 * @param staleReason why it was not read, null if it was
 * @param origins of each group, null where none was given
 * @param indexes of each statistic of {@link Columns#STATISTICS}
 * @param absences what is missing, and why
 */
record RecordedShape(
        DomainState state,
        @Nullable String staleReason,
        List<MaybeOrigin> origins,
        List<int[]> indexes,
        List<Absence> absences) {

    /** An origin that may be missing. */
    record MaybeOrigin(@Nullable CpuStatsOrigin origin) {}

    /** One number that is missing, and why. */
    record Absence(Statistic statistic, int index, String reason) {}

    void addTo(SnapshotBuilder snapshot) {
        if (staleReason != null) {
            snapshot.stale(staleReason);
        }
        for (StatsGroup group : Row.GROUPS) {
            CpuStatsOrigin origin = origins.get(group.ordinal()).origin();
            if (origin != null) {
                snapshot.origin(group, origin);
            }
        }
        for (Absence absence : absences) {
            snapshot.unavailable(absence.statistic(), absence.index(), absence.reason());
        }
    }
}
