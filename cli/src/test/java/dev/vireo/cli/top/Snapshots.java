package dev.vireo.cli.top;

import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.Rates;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Two snapshots, a second apart, of domains that a test describes; and what was used between them. */
final class Snapshots {
    static final Instant WALL = Instant.parse("2026-11-26T12:00:00Z");
    private static final long SECOND = 1_000_000_000L;

    private record Domain(
            DomainRun run,
            double cores,
            int vcpus,
            List<Integer> hostCpus,
            @Nullable String stale) {}

    private final List<Domain> domains = new ArrayList<>();
    private Reading hostCpuCount = Reading.of(8);

    /** Adds a domain that keeps so many CPUs busy, with as many vCPUs; its host CPUs are 0 and 1, the first all the time. */
    Snapshots busy(String name, double cores) {
        return domain(name, cores, (int) Math.max(1, Math.ceil(cores)), new int[] {0, 1}, null);
    }

    /** Adds a domain on other host CPUs: it has the last one to itself, and half of the first. */
    Snapshots on(String name, int... hostCpus) {
        return domain(name, 1.5, 2, hostCpus, null);
    }

    /** Adds a domain that did not answer; its numbers are 2.5 s old. */
    Snapshots stale(String name, String reason) {
        return domain(name, 1, 2, new int[] {0, 1}, reason);
    }

    Snapshots hostCpus(Reading count) {
        hostCpuCount = count;
        return this;
    }

    private Snapshots domain(String name, double cores, int vcpus, int[] hostCpus, @Nullable String stale) {
        UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        int number = domains.size() + 1;
        List<Integer> cpus = Arrays.stream(hostCpus).boxed().toList();
        domains.add(new Domain(new DomainRun(uuid, number, name, WALL, number), cores, vcpus, cpus, stale));
        return this;
    }

    /** Returns the rates of the second from 9 to 10. */
    Rates rates() {
        return Rates.between(at(9), at(10));
    }

    Snapshot at(int second) {
        SnapshotBuilder builder = new SnapshotBuilder();
        for (Domain domain : domains) {
            add(builder, domain, second);
        }
        return builder.build(second * SECOND, WALL.plusSeconds(second), "made up", hostCpuCount);
    }

    private static void add(SnapshotBuilder builder, Domain domain, int second) {
        long age = domain.stale == null ? 0 : SECOND * 5 / 2;
        long ran = (long) (second * SECOND * domain.cores);
        builder.domain(domain.run, DomainState.RUNNING, second * SECOND - age);
        builder.value(Statistic.CPU_TIME, 0, ran);
        builder.value(Statistic.CPU_USER, 0, ran * 3 / 4);
        builder.unavailable(Statistic.CPU_SYSTEM, 0, "nobody counts it");
        for (int vcpu = 0; vcpu < domain.vcpus; vcpu++) {
            builder.value(Statistic.VCPU_TIME, vcpu, ran * 9 / 10 / domain.vcpus);
            builder.value(Statistic.VCPU_DELAY, vcpu, second * SECOND / 4);
        }
        for (int i = 0; i < domain.hostCpus.size(); i++) {
            boolean isLast = i == domain.hostCpus.size() - 1;
            builder.value(
                    Statistic.HOST_CPU_TIME,
                    domain.hostCpus.get(i),
                    isLast ? second * SECOND : i == 0 ? second * SECOND / 2 : 7);
        }
        if (domain.stale != null) {
            builder.stale(domain.stale);
        }
    }
}
