package dev.vireo.driver.libvirt;

import dev.vireo.DomainRef;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.driver.libvirt.binding.StatsRecord;
import dev.vireo.driver.libvirt.binding.StatsRecords;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Many domains at once, by the way that is cheapest for what is asked. On a host that is near, a total is read by itself:
 * libvirt's own bulk call takes ten times as long and makes each guest pay for being watched. It serves for the vCPUs,
 * whose delay is nowhere else, and where a round trip is dear. Thread-safe.
 */
final class BulkStatistics {
    private final Supplier<List<LibvirtDomain>> running;
    private final KnownDomains known;
    private final Runs runs;
    private final CpuStatistics cpus;
    private final VcpuStatistics vcpus;
    private final MonitorStats monitorStats;
    private final RoundTrip roundTrip;

    BulkStatistics(
            Supplier<List<LibvirtDomain>> running,
            KnownDomains known,
            Runs runs,
            CpuStatistics cpus,
            VcpuStatistics vcpus,
            MonitorStats monitorStats,
            RoundTrip roundTrip) {
        this.running = running;
        this.known = known;
        this.runs = runs;
        this.cpus = cpus;
        this.vcpus = vcpus;
        this.monitorStats = monitorStats;
        this.roundTrip = roundTrip;
    }

    void read(@Nullable List<? extends DomainRef> domains, Set<StatsGroup> groups, DomainStatsVisitor out, int flags) {
        if (domains == null && roundTrip.isDear() && readAtOnce(groups, out)) {
            return;
        }
        BulkRow row = new BulkRow();
        for (DomainRef domain : domains == null ? running.get() : domains) {
            row.clear();
            if (fill(row, (LibvirtDomain) domain, groups)) {
                row.tell(domain, groups, out);
            }
        }
    }

    /** Returns false if the domain has ended. */
    private boolean fill(BulkRow row, LibvirtDomain domain, Set<StatsGroup> groups) {
        try {
            if (groups.contains(StatsGroup.CPU_TOTAL)) {
                fillTotals(row, domain);
            }
            if (groups.contains(StatsGroup.VCPU)) {
                fillVcpus(row, domain);
            }
            return true;
        } catch (HypervisorException error) {
            if (error.code() == ErrorCode.NO_DOMAIN) {
                return false;
            }
            throw error;
        }
    }

    private void fillTotals(BulkRow row, LibvirtDomain domain) {
        TypedParameters totals = row.totals();
        try {
            cpus.read(domain, totals, totals.capacity(), -1, 1, 0);
        } catch (HypervisorException error) {
            row.noTotal(runs.reason(error));
        }
    }

    private void fillVcpus(BulkRow row, LibvirtDomain domain) {
        try (StatsRecords records = monitorStats.read(domain)) {
            if (records.size() == 0) {
                throw Runs.ended(domain, "");
            }
            row.state(records.stats(0).state());
            records.stats(0).vcpus(row.vcpus());
            row.noDelay(VcpuStatistics.NO_DELAY);
        } catch (HypervisorException error) {
            row.noDelay(runs.reason(error));
            fillVcpusWithoutMonitor(row, domain);
        }
    }

    private void fillVcpusWithoutMonitor(BulkRow row, LibvirtDomain domain) {
        try {
            vcpus.readWithoutMonitor(domain, row.vcpus());
        } catch (HypervisorException error) {
            row.noVcpus(runs.reason(error));
        }
    }

    /** Returns false if a guest that hangs would hold up all the others. */
    private boolean readAtOnce(Set<StatsGroup> groups, DomainStatsVisitor out) {
        Optional<StatsRecords> records = monitorStats.readAll(groups.contains(StatsGroup.VCPU));
        if (records.isEmpty()) {
            return false;
        }
        out.readTogether();
        BulkRow row = new BulkRow();
        try (StatsRecords open = records.get()) {
            for (int i = 0; i < open.size(); i++) {
                row.clear();
                fillFrom(open.stats(i), row);
                row.tell(known.of(open.domain(i)), groups, out);
            }
        }
        return true;
    }

    private static void fillFrom(StatsRecord record, BulkRow row) {
        row.state(record.state());
        record.totals(row.totals());
        record.vcpus(row.vcpus());
        row.noDelay(VcpuStatistics.NO_DELAY);
    }
}
