package dev.vireo.monitor;

import dev.vireo.Connection;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.DomainState;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.ParameterType;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one domain: by a bulk read of it alone where the driver has one, else call by call. One call that fails takes its own
 * numbers with it and no others. Not thread-safe.
 */
final class DomainReader {
    private static final Map<String, Statistic> TOTALS = Map.of(
            "cpu_time", Statistic.CPU_TIME, "user_time", Statistic.CPU_USER, "system_time", Statistic.CPU_SYSTEM);

    private final SamplerSettings settings;
    private final Connection connection;
    private final HostCpuReader hostCpus;
    private final Set<StatsGroup> bulkGroups;
    private final TypedParameters totals = TypedParameters.allocate(Domain.MAX_CPU_STATS_PARAMS);
    private final VcpuTimes vcpus = VcpuTimes.allocate(4);
    private final RowFiller filler;

    DomainReader(SamplerSettings settings, HostCpus hostCpus) {
        this.settings = settings;
        this.connection = settings.connection();
        this.hostCpus = new HostCpuReader(settings.clock(), hostCpus);
        bulkGroups = EnumSet.copyOf(settings.groups());
        bulkGroups.remove(StatsGroup.HOST_CPU);
        filler = new RowFiller(settings.clock());
    }

    /** Fills the run's own row; returns false if the run has ended. */
    boolean read(Domain domain, TrackedRun run) {
        try {
            return readWhileThere(domain, run, run.row());
        } catch (HypervisorException error) {
            if (Failures.isOfTheRun(error)) {
                return false;
            }
            throw error;
        }
    }

    private boolean readWhileThere(Domain domain, TrackedRun run, Row row) {
        row.begin(DomainState.NOSTATE);
        long start = settings.now();
        row.readBetween(start, start);
        if (!connection.supports(Operation.CONNECT_GET_ALL_DOMAIN_STATS)) {
            readTotals(domain, row);
            long between = settings.now();
            row.readBetween(StatsGroup.CPU_TOTAL, start, between);
            readVcpus(domain, row);
            row.readBetween(StatsGroup.VCPU, between, settings.now());
            readState(domain, row);
        } else if (!bulkGroups.isEmpty() && !readInBulk(domain, row)) {
            return false;
        }
        if (settings.wantsHostCpus(run.run())) {
            hostCpus.read(domain, run, row);
        }
        return true;
    }

    private boolean readInBulk(Domain domain, Row row) {
        filler.into(row);
        filler.readOn();
        try {
            connection.getDomainStats(List.of(domain), bulkGroups, filler, 0);
            return filler.isTold();
        } catch (HypervisorException error) {
            String reason = Failures.reason(error);
            long now = settings.now();
            row.begin(DomainState.NOSTATE);
            row.readBetween(now, now);
            for (StatsGroup group : bulkGroups) {
                row.unavailable(group, reason);
            }
            return true;
        }
    }

    private void readTotals(Domain domain, Row row) {
        if (!settings.groups().contains(StatsGroup.CPU_TOTAL)) {
            return;
        }
        try {
            domain.getCpuStats(totals, totals.capacity(), -1, 1, 0);
            CpuStatsOrigin origin = totals.origin().orElse(null);
            row.origin(StatsGroup.CPU_TOTAL, origin);
            for (int i = 0; i < totals.capacity(); i++) {
                Statistic statistic = statistic(i);
                if (statistic != null) {
                    row.value(statistic, 0, totals.unsignedLong(i));
                }
            }
            TOTALS.forEach((name, statistic) -> explainMissing(row, origin, name, statistic));
        } catch (HypervisorException error) {
            row.replaceReason(StatsGroup.CPU_TOTAL, Failures.reason(error));
        }
    }

    private @Nullable Statistic statistic(int i) {
        return totals.isSet(i) && totals.type(i) == ParameterType.ULLONG ? TOTALS.get(totals.name(i)) : null;
    }

    private static void explainMissing(Row row, @Nullable CpuStatsOrigin origin, String name, Statistic statistic) {
        if (!row.has(statistic)) {
            String reason = origin == null ? null : origin.missing().get(name);
            row.unavailable(statistic, 0, reason == null ? "the driver does not give it" : reason);
        }
    }

    private void readVcpus(Domain domain, Row row) {
        if (!settings.groups().contains(StatsGroup.VCPU)) {
            return;
        }
        try {
            domain.getVcpus(vcpus);
            for (int i = 0; i < vcpus.size(); i++) {
                takeVcpu(row, i);
            }
        } catch (HypervisorException error) {
            row.replaceReason(StatsGroup.VCPU, Failures.reason(error));
        }
    }

    private void takeVcpu(Row row, int i) {
        int number = vcpus.number(i);
        if (vcpus.has(i, VcpuTimes.Column.RUN_TIME)) {
            row.value(Statistic.VCPU_TIME, number, vcpus.runTimeNanos(i));
        } else {
            row.unavailable(Statistic.VCPU_TIME, number, missing(VcpuTimes.Column.RUN_TIME));
        }
        if (vcpus.has(i, VcpuTimes.Column.DELAY)) {
            row.value(Statistic.VCPU_DELAY, number, vcpus.delayNanos(i));
        } else {
            row.unavailable(Statistic.VCPU_DELAY, number, missing(VcpuTimes.Column.DELAY));
        }
    }

    private String missing(VcpuTimes.Column column) {
        return vcpus.reason(column).orElse("the driver does not give it");
    }

    /** A state that cannot be read is not known, which is a state. */
    private void readState(Domain domain, Row row) {
        if (!connection.supports(Operation.DOMAIN_GET_INFO)) {
            return;
        }
        try {
            row.state(domain.getInfo().state());
        } catch (HypervisorException error) {
            Failures.reason(error);
        }
    }
}
