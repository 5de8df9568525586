package dev.vireo.monitor;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the times per host CPU of one domain, which libvirt's bulk read lacks. Not thread-safe. */
final class HostCpuReader {
    private static final int FIELDS = 2;
    private static final Set<ErrorCode> FOR_GOOD =
            EnumSet.of(ErrorCode.OPERATION_UNSUPPORTED, ErrorCode.NO_SUPPORT, ErrorCode.OPERATION_INVALID);

    private final LongSupplier clock;
    private final HostCpus hostCpus;
    private TypedParameters params = TypedParameters.allocate(0);

    HostCpuReader(LongSupplier clock, HostCpus hostCpus) {
        this.clock = clock;
        this.hostCpus = hostCpus;
    }

    /** Fills in the times, or the reason; a host that cannot tell is not asked about this run again. */
    void read(Domain domain, TrackedRun run, Row row) {
        String refused = run.noHostCpus();
        if (refused == null && !domain.connection().supports(Operation.DOMAIN_GET_CPU_STATS)) {
            refused = "the driver " + domain.connection().driverName() + " does not tell them";
        }
        if (refused != null) {
            row.replaceReason(StatsGroup.HOST_CPU, refused);
            return;
        }
        long start = clock.getAsLong();
        try {
            read(domain, row);
            row.readBetween(StatsGroup.HOST_CPU, start, clock.getAsLong());
        } catch (HypervisorException error) {
            String reason = Failures.reason(error);
            if (FOR_GOOD.contains(error.code())) {
                run.refuseHostCpus(reason);
            }
            row.replaceReason(StatsGroup.HOST_CPU, reason);
        }
    }

    private void read(Domain domain, Row row) {
        int ids = hostCpus.ids(domain);
        int atOnce = Math.min(ids, Domain.MAX_CPU_STATS_CPUS);
        if (params.capacity() < atOnce * FIELDS) {
            params = TypedParameters.allocate(atOnce * FIELDS);
        }
        row.forget(StatsGroup.HOST_CPU);
        CpuStatsOrigin origin = null;
        for (int start = 0; start < ids; start += atOnce) {
            int count = Math.min(ids - start, atOnce);
            domain.getCpuStats(params, FIELDS, start, count, 0);
            CpuStatsOrigin next = params.origin().orElse(null);
            if (start > 0 && generation(next) != generation(origin)) {
                row.forget(StatsGroup.HOST_CPU);
                row.unavailable(StatsGroup.HOST_CPU, "the source started again while it was being read");
                return;
            }
            origin = next;
            take(row, start, count);
        }
        row.origin(StatsGroup.HOST_CPU, origin);
        explainMissing(row, origin);
    }

    private void take(Row row, int start, int count) {
        for (int i = 0; i < count * FIELDS; i++) {
            if (params.isSet(i)) {
                Statistic statistic = params.name(i).equals("cpu_time")
                        ? Statistic.HOST_CPU_TIME
                        : params.name(i).equals("vcpu_time") ? Statistic.HOST_CPU_VCPU_TIME : null;
                if (statistic != null) {
                    row.value(statistic, start + i / FIELDS, params.unsignedLong(i));
                }
            }
        }
    }

    private static void explainMissing(Row row, @Nullable CpuStatsOrigin origin) {
        if (!row.has(Statistic.HOST_CPU_VCPU_TIME)) {
            String reason = origin == null ? null : origin.missing().get("vcpu_time");
            row.unavailable(Statistic.HOST_CPU_VCPU_TIME, 0, reason == null ? "the driver does not give it" : reason);
        }
    }

    private static long generation(@Nullable CpuStatsOrigin origin) {
        return origin == null ? 0 : origin.generation();
    }
}
