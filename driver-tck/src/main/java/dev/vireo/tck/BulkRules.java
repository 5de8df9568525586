package dev.vireo.tck;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Group 8: many domains at once. */
abstract class BulkRules extends LifeCycleRules {
    BulkRules() {}

    private BulkReading readAll() {
        BulkReading reading = new BulkReading(domain().uuid());
        connection().getAllDomainStats(EnumSet.allOf(StatsGroup.class), reading, 0);
        return reading;
    }

    private BulkReading read(StatsGroup group) {
        BulkReading reading = new BulkReading(domain().uuid());
        connection().getDomainStats(List.of(domain()), EnumSet.of(group), reading, 0);
        return reading;
    }

    private Set<UUID> running() {
        return connection().listDomains().stream().map(Domain::uuid).collect(Collectors.toSet());
    }

    @Test
    @Rule(
            value = "8.1",
            of = Operation.CONNECT_GET_ALL_DOMAIN_STATS,
            look = "which domains a bulk read visits: all that run where null is asked for, else those of the list;"
                    + " and which groups")
    public final void aBulkReadVisitsTheDomainsThatItIsAskedFor() throws Exception {
        Checks.soon(() -> Checks.same(running(), readAll().domains(), "the domains of a bulk read"));
        for (StatsGroup group : StatsGroup.values()) {
            BulkReading one = read(group);
            Checks.same(Set.of(domain().uuid()), one.domains(), "the domains of a bulk read of one");
            for (Statistic statistic : Statistic.values()) {
                Checks.require(
                        statistic.group() == group || !one.mentions(statistic),
                        statistic + " was read where " + group + " alone was asked for");
            }
        }
    }

    @Test
    @Rule(
            value = "8.2",
            of = {Operation.CONNECT_GET_ALL_DOMAIN_STATS, Operation.DOMAIN_GET_CPU_STATS},
            look = "where the numbers of a bulk read come from: they are those of the single calls")
    public final void aBulkReadGivesTheNumbersThatSingleCallsGive() throws Exception {
        useSome();
        Checks.soon(() -> {
            Map<Statistic, Map<Integer, Long>> before = readSingly();
            BulkReading bulk = readAll();
            Map<Statistic, Map<Integer, Long>> after = readSingly();
            for (Statistic statistic : before.keySet()) {
                requireBetween(statistic, before.get(statistic), bulk, after.getOrDefault(statistic, Map.of()));
            }
        });
    }

    private void requireBetween(
            Statistic statistic, Map<Integer, Long> before, BulkReading bulk, Map<Integer, Long> after) {
        bulk.values(statistic).forEach((index, value) -> {
            String what = statistic + (statistic == Statistic.CPU_TIME ? "" : " " + index);
            Checks.require(
                    before.isEmpty() || before.containsKey(index),
                    "a bulk read gives " + what + ", which single calls lack");
            long least = before.getOrDefault(index, 0L) - grainNanos();
            long most = after.getOrDefault(index, Long.MAX_VALUE - grainNanos()) + grainNanos();
            Checks.require(
                    value >= least && value <= most,
                    "a bulk read says that " + what + " is " + value + ", single calls from " + least + " to " + most);
        });
        for (int index : bulk.values(statistic).isEmpty() ? Set.<Integer>of() : before.keySet()) {
            Checks.require(
                    bulk.values(statistic).containsKey(index) || bulk.saysWhyNot(statistic),
                    "single calls give " + statistic + " " + index + ", and a bulk read neither gives it nor says why");
        }
    }

    /** Reads all that single calls tell of what a bulk read may give, by the numbers of vCPUs and host CPUs. */
    private Map<Statistic, Map<Integer, Long>> readSingly() {
        Map<Statistic, Map<Integer, Long>> times = new TreeMap<>();
        long[] totals = totals();
        List<Statistic> names = List.of(Statistic.CPU_TIME, Statistic.CPU_USER, Statistic.CPU_SYSTEM);
        for (int i = 0; i < totals.length; i++) {
            times.put(names.get(i), Map.of(0, totals[i]));
        }
        if (environment().withoutPerCpu().isEmpty()) {
            CpuTable table = CpuTable.read(domain());
            times.put(Statistic.HOST_CPU_TIME, table.cpuTime());
            times.put(Statistic.HOST_CPU_VCPU_TIME, table.vcpuTime());
        }
        if (tellsVcpus()) {
            addVcpus(vcpus(), times);
        }
        return times;
    }

    private static void addVcpus(VcpuTimes vcpus, Map<Statistic, Map<Integer, Long>> times) {
        Map<Integer, Long> ran = new TreeMap<>();
        Map<Integer, Long> waited = new TreeMap<>();
        for (int row = 0; row < vcpus.size(); row++) {
            if (vcpus.has(row, VcpuTimes.Column.RUN_TIME)) {
                ran.put(vcpus.number(row), vcpus.runTimeNanos(row));
            }
            if (vcpus.has(row, VcpuTimes.Column.DELAY)) {
                waited.put(vcpus.number(row), vcpus.delayNanos(row));
            }
        }
        times.put(Statistic.VCPU_TIME, ran);
        times.put(Statistic.VCPU_DELAY, waited);
    }

    @Test
    @Rule(
            value = "8.3",
            of = Operation.CONNECT_GET_ALL_DOMAIN_STATS,
            look = "statistics that cannot be read: unavailable(…) with a reason, never left out in silence")
    public final void eachStatisticOfABulkReadIsThereOrSaysWhyNot() {
        BulkReading reading = readAll();
        for (Statistic statistic : List.of(Statistic.CPU_TIME, Statistic.VCPU_TIME, Statistic.HOST_CPU_TIME)) {
            Checks.require(reading.mentions(statistic), statistic + " is neither given nor said to be unavailable");
        }
        Checks.require(!reading.hasBlankReason(), "something is unavailable, and the reason is blank");
    }

    @Test
    @Rule(
            value = "8.4",
            of = Operation.CONNECT_GET_ALL_DOMAIN_STATS,
            look = "what becomes of a domain of the list that has ended: it is left out, and the others are read")
    public final void aBulkReadLeavesOutWhatHasEnded() throws Exception {
        endDomain();
        awaitGone(domain());
        BulkReading reading = new BulkReading(domain().uuid());
        connection().getDomainStats(List.of(domain()), EnumSet.allOf(StatsGroup.class), reading, 0);
        Checks.same(Set.of(), reading.domains(), "the domains of a bulk read of one that has ended");
    }

    /** What a visitor throws. */
    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    @Rule(
            value = "8.5",
            of = Operation.CONNECT_GET_ALL_DOMAIN_STATS,
            look = "what is caught around the visitor: what it throws must pass, and the next reading must be whole")
    public final void whatAVisitorThrowsPasses() {
        DomainStatsVisitor throwing = new DomainStatsVisitor() {
            @Override
            public void domain(DomainRef domain, DomainState state) {
                throw new Thrown();
            }

            @Override
            public void value(Statistic statistic, int index, long value) {}

            @Override
            public void unavailable(Statistic statistic, int index, String reason) {}
        };
        try {
            connection().getAllDomainStats(EnumSet.of(StatsGroup.CPU_TOTAL), throwing, 0);
        } catch (RuntimeException passed) {
            Checks.require(
                    passed instanceof Thrown || passed.getCause() instanceof Thrown,
                    "a visitor threw, and the caller got " + passed);
            Checks.require(readAll().domains().contains(domain().uuid()), "the next reading lacks the domain");
            return;
        }
        throw new AssertionError("a visitor threw, and nothing came of it");
    }

    @Test
    @Rule(
            value = "8.6",
            of = {Operation.CONNECT_GET_ALL_DOMAIN_STATS, Operation.DOMAIN_GET_CPU_STATS},
            look = "DomainStatsVisitor.origin(…): the origin that single calls set, its generation among the rest")
    public final void aBulkReadHasTheOriginsOfSingleCalls() throws Exception {
        Checks.soon(() -> {
            Optional<CpuStatsOrigin> bulk = readAll().origin(StatsGroup.CPU_TOTAL);
            TypedParameters params = TypedParameters.allocate(3);
            domain().getCpuStats(params, 3, -1, 1, 0);
            Optional<CpuStatsOrigin> single = params.origin();
            if (bulk.isPresent() && single.isPresent()) {
                Checks.same(single.get().source(), bulk.get().source(), "the totals' source in a bulk read");
                Checks.same(single.get().generation(), bulk.get().generation(), "their generation");
            }
        });
    }
}
