package dev.vireo.exporter.page;

import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotBuilder;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/** Snapshots of a host with two CPUs, made by hand, so that each digit of what comes of them is known. */
final class Story {
    static final String URI = "test:///default";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final DomainRun WEB = run(1, "web");
    static final DomainRun DB = run(2, "db");

    private Story() {}

    static DomainRun run(int number, String name) {
        return new DomainRun(new UUID(0, number), number, name, START, number);
    }

    static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    /** A snapshot so many seconds after the start. */
    static Snapshot at(double second, Consumer<SnapshotBuilder> domains) {
        SnapshotBuilder builder = new SnapshotBuilder();
        domains.accept(builder);
        return builder.build(nanos(second), START.plusNanos(nanos(second)), "test", Reading.of(2));
    }

    /** A domain with one vCPU that has used so much at that time, three quarters of it on the first host CPU. */
    static Consumer<SnapshotBuilder> domain(DomainRun run, double second, double used) {
        return builder -> builder.domain(run, DomainState.RUNNING, nanos(second))
                .value(Statistic.CPU_TIME, 0, nanos(used))
                .value(Statistic.CPU_USER, 0, nanos(used * 0.9))
                .value(Statistic.CPU_SYSTEM, 0, nanos(used * 0.1))
                .value(Statistic.VCPU_TIME, 0, nanos(used * 0.8))
                .value(Statistic.VCPU_DELAY, 0, nanos(used * 0.25))
                .value(Statistic.HOST_CPU_TIME, 0, nanos(used * 0.75))
                .value(Statistic.HOST_CPU_TIME, 1, nanos(used * 0.25));
    }

    static Snapshot web(double second, double used) {
        return at(second, domain(WEB, second, used));
    }
}
