package dev.vireo.monitor;

import dev.vireo.Connection;
import dev.vireo.StatsGroup;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** What a sampler was built with. Immutable. */
record SamplerSettings(
        Connection connection,
        LongSupplier clock,
        InstantSource wallClock,
        Waiting waiting,
        long deadlineNanos,
        long rescanNanos,
        Set<StatsGroup> groups,
        Predicate<? super DomainRun> hostCpuTimes,
        boolean hostCpuTimesOfAll) {
    long now() {
        return clock.getAsLong();
    }

    boolean wantsHostCpus(DomainRun run) {
        return groups.contains(StatsGroup.HOST_CPU) && hostCpuTimes.test(run);
    }
}
