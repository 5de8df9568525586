package dev.vireo.driver.libvirt;

import dev.vireo.DomainRef;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.driver.libvirt.binding.StatsRecord;
import dev.vireo.driver.libvirt.binding.StatsRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Many domains at once, by the way that is cheapest for what is asked. On a host that is near, a total is read by itself:
 * libvirt's own bulk call takes some four times as long and makes each guest pay for being watched. It serves for the vCPUs,
 * whose delay is nowhere else, a few domains in each call, and where a round trip is dear. Thread-safe.
 */
final class BulkStatistics {
    /** More in one call would save little more, and make it less certain when each of them was read. */
    private static final int AT_A_TIME = 4;

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
        List<LibvirtDomain> all = domains == null
                ? running.get()
                : domains.stream().map(LibvirtDomain.class::cast).toList();
        List<BulkRow> rows = Stream.generate(BulkRow::new)
                .limit(Math.min(all.size(), AT_A_TIME))
                .toList();
        for (int i = 0; i < all.size(); i += AT_A_TIME) {
            List<LibvirtDomain> few = all.subList(i, Math.min(i + AT_A_TIME, all.size()));
            if (!groups.contains(StatsGroup.VCPU) || !readFew(few, rows, groups, out)) {
                few.forEach(domain -> readOne(domain, rows.get(0), groups, out));
            }
        }
    }

    private void readOne(LibvirtDomain domain, BulkRow row, Set<StatsGroup> groups, DomainStatsVisitor out) {
        row.begin(domain);
        boolean isThere = isThere(() -> {
            fillTotals(row, domain, groups);
            if (groups.contains(StatsGroup.VCPU)) {
                fillVcpus(row, domain);
            }
        });
        if (isThere) {
            row.tell(groups, out);
        }
    }

    /** Asks the monitors for a few, and reads their totals meanwhile. Returns false if one by one is the way to read them. */
    private boolean readFew(
            List<LibvirtDomain> few, List<BulkRow> rows, Set<StatsGroup> groups, DomainStatsVisitor out) {
        Optional<MonitorAnswers> asked = monitorStats.ask(few);
        if (asked.isEmpty()) {
            return false;
        }
        List<BulkRow> there;
        try (MonitorAnswers answers = asked.get()) {
            there = withTotals(few, rows, groups);
            if (!answers.areThere()) {
                return false;
            }
            there.removeIf(row -> !isThere(() -> fillVcpus(row, answers)));
        }
        out.readTogether(there.size());
        there.forEach(row -> row.tell(groups, out));
        return true;
    }

    private List<BulkRow> withTotals(List<LibvirtDomain> few, List<BulkRow> rows, Set<StatsGroup> groups) {
        List<BulkRow> there = new ArrayList<>(few.size());
        for (int i = 0; i < few.size(); i++) {
            BulkRow row = rows.get(i);
            LibvirtDomain domain = few.get(i);
            row.begin(domain);
            if (isThere(() -> fillTotals(row, domain, groups))) {
                there.add(row);
            }
        }
        return there;
    }

    /** Returns false if the domain has ended. */
    private static boolean isThere(Runnable filling) {
        try {
            filling.run();
            return true;
        } catch (HypervisorException error) {
            if (error.code() == ErrorCode.NO_DOMAIN) {
                return false;
            }
            throw error;
        }
    }

    private void fillTotals(BulkRow row, LibvirtDomain domain, Set<StatsGroup> groups) {
        if (!groups.contains(StatsGroup.CPU_TOTAL)) {
            return;
        }
        TypedParameters totals = row.totals();
        try {
            cpus.read(domain, totals, totals.capacity(), -1, 1, 0);
        } catch (HypervisorException error) {
            row.noTotal(runs.reason(error));
        }
    }

    private void fillVcpus(BulkRow row, MonitorAnswers answers) {
        StatsRecord record = answers.of(row.domain());
        if (record == null) {
            fillVcpus(row, row.domain());
        } else {
            fillVcpus(row, record);
        }
    }

    private static void fillVcpus(BulkRow row, StatsRecord record) {
        row.state(record.state());
        record.vcpus(row.vcpus());
        row.noDelay(VcpuStatistics.NO_DELAY);
    }

    private void fillVcpus(BulkRow row, LibvirtDomain domain) {
        try (StatsRecords records = monitorStats.read(domain)) {
            if (records.size() == 0) {
                throw Runs.ended(domain, "");
            }
            fillVcpus(row, records.stats(0));
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
        BulkRow row = new BulkRow();
        try (StatsRecords open = records.get()) {
            out.readTogether(open.size());
            for (int i = 0; i < open.size(); i++) {
                row.begin(known.of(open.domain(i)));
                open.stats(i).totals(row.totals());
                fillVcpus(row, open.stats(i));
                row.tell(groups, out);
            }
        }
        return true;
    }
}
