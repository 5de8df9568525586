package dev.vireo.exporter.otlp;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Snapshot;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the receiver has accepted so far, and so what is new to it: domains that have been read since, and since when their
 * counters count. Not thread-safe.
 *
 * <p>Where the driver tells when a source began to count, that is the start. Otherwise the start is not known, and a stream
 * begins as OpenTelemetry's data model has it: its first point starts when it is read, "a reset at an unknown start time", and
 * what it holds already is no use of that moment. So it is again when the counters started over: a new run of the domain,
 * another generation of the source, a counter that went back, a vCPU or CPU that came; and when the domain's points get other
 * attributes, as they do where another of its uuid comes or goes.
 */
final class Receiver {
    private static final Statistic[] TIMES = {
        Statistic.CPU_TIME,
        Statistic.CPU_USER,
        Statistic.CPU_SYSTEM,
        Statistic.VCPU_TIME,
        Statistic.VCPU_DELAY,
        Statistic.HOST_CPU_TIME
    };

    private Map<DomainRun, PushedDomain> known = new HashMap<>();

    /** Returns the domains that the receiver does not know as they are now, and forgets those that are gone. */
    List<PushedDomain> news(Snapshot snapshot) {
        Map<DomainRun, PushedDomain> still = new HashMap<>();
        List<PushedDomain> news = new ArrayList<>();
        DomainIdentities identities = new DomainIdentities(snapshot);
        for (DomainSample sample : snapshot.domains()) {
            Attributes identity = identities.of(sample.run());
            PushedDomain before = known(sample.run(), identity);
            if (before == null || sample.readAtNanos() - before.sample().readAtNanos() > 0) {
                Map<StatsGroup, Long> times = times(sample);
                news.add(new PushedDomain(sample, identity, times, starts(sample, times, before)));
            } else {
                // the same numbers in a later snapshot, so that the earlier one is not kept
                before = new PushedDomain(sample, identity, before.epochNanos(), before.startEpochNanos());
            }
            if (before != null) {
                still.put(sample.run(), before);
            }
        }
        known = still;
        return news;
    }

    /** Returns what is known of a domain, null if nothing: other attributes make another stream. */
    private @Nullable PushedDomain known(DomainRun run, Attributes identity) {
        PushedDomain domain = known.get(run);
        return domain != null && domain.identity().equals(identity) ? domain : null;
    }

    /** Is told what the receiver has accepted. */
    void accept(List<PushedDomain> accepted) {
        accepted.forEach(domain -> known.put(domain.sample().run(), domain));
    }

    /** Takes the times of the readings, which by the clock on the wall are as long ago as by the other. */
    private static Map<StatsGroup, Long> times(DomainSample sample) {
        long complete = nanos(sample.snapshot().wallTime());
        Map<StatsGroup, Long> times = new EnumMap<>(StatsGroup.class);
        for (StatsGroup group : StatsGroup.values()) {
            times.put(group, complete - Math.max(0, sample.snapshot().monotonicNanos() - sample.readAtNanos(group)));
        }
        return times;
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    private static Map<StatsGroup, Long> starts(
            DomainSample sample, Map<StatsGroup, Long> times, @Nullable PushedDomain known) {
        Map<StatsGroup, Long> starts = new EnumMap<>(StatsGroup.class);
        times.forEach((group, time) -> {
            long start = sample.origin(group)
                    .flatMap(CpuStatsOrigin::sinceTime)
                    .map(Receiver::nanos)
                    .orElseGet(
                            () -> known != null && goesOn(known.sample(), sample, group) ? known.start(group) : time);
            // the clock on the wall may have been set back
            starts.put(group, Math.min(start, time));
        });
        return starts;
    }

    private static boolean goesOn(DomainSample earlier, DomainSample later, StatsGroup group) {
        if (!isSameSource(earlier.origin(group), later.origin(group))) {
            return false;
        }
        for (Statistic statistic : TIMES) {
            if (statistic.group() == group && !goesOn(earlier, later, statistic)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSameSource(Optional<CpuStatsOrigin> earlier, Optional<CpuStatsOrigin> later) {
        return earlier.map(CpuStatsOrigin::source).equals(later.map(CpuStatsOrigin::source))
                && earlier.map(CpuStatsOrigin::generation).equals(later.map(CpuStatsOrigin::generation));
    }

    /** Both lists of indexes ascend. */
    private static boolean goesOn(DomainSample earlier, DomainSample later, Statistic statistic) {
        int before = 0;
        for (int position = 0; position < later.count(statistic); position++) {
            int index = later.index(statistic, position);
            while (before < earlier.count(statistic) && earlier.index(statistic, before) < index) {
                before++;
            }
            boolean wasThere = before < earlier.count(statistic) && earlier.index(statistic, before) == index;
            if (!wasThere
                    || Long.compareUnsigned(later.nanosAt(statistic, position), earlier.nanosAt(statistic, before))
                            < 0) {
                return false;
            }
        }
        return true;
    }
}
