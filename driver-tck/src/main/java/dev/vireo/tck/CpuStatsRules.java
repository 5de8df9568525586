package dev.vireo.tck;

import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.NodeCpuMap;
import dev.vireo.Operation;
import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Group 3: each row of the tables of {@link Domain#getCpuStats}. */
abstract class CpuStatsRules extends LookUpRules {
    private static final List<String> TOTALS = List.of(CpuTable.CPU_TIME, "user_time", "system_time");
    private static final List<String> PER_CPU = List.of(CpuTable.CPU_TIME, CpuTable.VCPU_TIME);
    private static final long SENTINEL = 42;

    CpuStatsRules() {}

    private int totals() {
        return domain().getCpuStats(null, 0, -1, 1, 0);
    }

    private int ids() {
        return domain().getCpuStats(null, 0, 0, 0, 0);
    }

    private int perCpu() {
        return domain().getCpuStats(null, 0, 0, 1, 0);
    }

    /** Returns the ids of the host's CPUs, by the driver's own map where there is one. */
    private BitSet hostCpus() {
        if (!connection().supports(Operation.NODE_GET_CPU_MAP)) {
            return environment()
                    .hostCpus()
                    .orElseThrow(
                            () -> untested(
                                    "the ids of the host's CPUs are not known; NODE_GET_CPU_MAP or Environment.withHostCpus(…)"));
        }
        NodeCpuMap map = connection().getNodeCpuMap();
        BitSet present = new BitSet();
        for (int cpu = 0; cpu < map.size(); cpu++) {
            present.set(cpu, map.isPresent(cpu));
        }
        return present;
    }

    /** Where times per CPU cannot be had, the driver must say so, and the rule ends there. */
    final boolean lacksTimesPerCpu() throws Exception {
        if (environment().withoutPerCpu().isEmpty()) {
            return false;
        }
        TypedParameters params = TypedParameters.allocate(2);
        Checks.fails(ErrorCode.OPERATION_UNSUPPORTED, "times per CPU", () -> domain().getCpuStats(params, 2, 0, 1, 0));
        return true;
    }

    private static List<String> names(TypedParameters params, int first, int count) {
        List<String> names = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            Checks.require(params.isSet(i), "entry " + i + " is not set: " + params);
            Checks.same(ParameterType.ULLONG, params.type(i), "the type of entry " + i);
            names.add(params.name(i));
        }
        return names;
    }

    private static void requireCleared(TypedParameters params, int from, int to) {
        for (int i = from; i < to; i++) {
            Checks.require(!params.isSet(i), "entry " + i + " ought to be left alone, and is set: " + params);
        }
    }

    @Test
    @Rule(
            value = "3.1",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "the answer to (null, 0, -1, 1), and which entries the totals fill in which order")
    public final void theTotalsAreCountedAndFilledFromTheFirstEntryOn() {
        int count = totals();
        Checks.require(count >= 1 && count <= TOTALS.size(), "there are " + count + " totals");
        TypedParameters params = TypedParameters.allocate(Domain.MAX_CPU_STATS_PARAMS);
        int filled = domain().getCpuStats(params, Domain.MAX_CPU_STATS_PARAMS, -1, 1, 0);
        Checks.same(count, filled, "how many totals were filled");
        Checks.same(TOTALS.subList(0, count), names(params, 0, count), "the totals");
        requireCleared(params, count, Domain.MAX_CPU_STATS_PARAMS);
    }

    @Test
    @Rule(
            value = "3.2",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "what is filled when nparams is smaller than what there is: the first ones, and no more")
    public final void fewerParametersAreTheFirstOnes() {
        TypedParameters params = TypedParameters.allocate(2);
        params.set(1, "sentinel", ParameterType.ULLONG, SENTINEL);
        Checks.same(1, domain().getCpuStats(params, 1, -1, 1, 0), "how many were filled of one");
        Checks.same(CpuTable.CPU_TIME, params.name(0), "the first total");
        Checks.require(
                params.isSet(1) && params.unsignedLong(1) == SENTINEL,
                "an entry behind nparams * ncpus was changed: " + params);
    }

    @Test
    @Rule(
            value = "3.3",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "the answer to (null, 0, 0, 0): the highest present id and one, not the number of CPUs")
    public final void cpuIdsAreCountedUpToTheHighestOneThatIsPresent() {
        Checks.same(hostCpus().length(), ids(), "how many CPU ids there are");
    }

    @Test
    @Rule(
            value = "3.4",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look =
                    "the answers to (null, 0, 0, 1) and (null, 0, HIGH, 1): no question looks at startCpu, and each is answered"
                            + " also where there are no times per CPU to fill")
    public final void theTimesOfOneCpuAreCountedWhicheverItIs() {
        int count = perCpu();
        Checks.require(count >= 1 && count <= PER_CPU.size(), "there are " + count + " times of one CPU");
        Checks.same(count, domain().getCpuStats(null, 0, ids() + 1000, 1, 0), "the count for a CPU past the last");
    }

    @Test
    @Rule(
            value = "3.5",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look =
                    "where the entries of CPU startCpu + c begin: at c * nparams, also when nparams is more than there is")
    public final void theEntriesOfEachCpuBeginNparamsApart() throws Exception {
        if (lacksTimesPerCpu()) {
            return;
        }
        int count = perCpu();
        int cpus = Math.min(ids(), Domain.MAX_CPU_STATS_CPUS);
        int apart = count + 2;
        TypedParameters params = TypedParameters.allocate(apart * cpus);
        int filled = domain().getCpuStats(params, apart, 0, cpus, 0);
        Checks.same(count, filled, "how many times of one CPU were filled");
        CpuTable table = CpuTable.read(domain());
        Checks.require(!table.cpuTime().isEmpty(), "no CPU has a time");
        for (int cpu = 0; cpu < cpus; cpu++) {
            Checks.same(
                    table.cpuTime().containsKey(cpu), params.isSet(cpu * apart), "whether CPU " + cpu + " has a time");
            if (params.isSet(cpu * apart)) {
                Checks.same(CpuTable.CPU_TIME, params.name(cpu * apart), "the first entry of CPU " + cpu);
            }
            requireCleared(params, cpu * apart + count, (cpu + 1) * apart);
        }
    }

    @Test
    @Rule(
            value = "3.6",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "which CPU's time stands where: the one of startCpu first, whatever startCpu is")
    public final void aCpuThatIsReadAloneHasTheTimesThatItHasAmongAll() throws Exception {
        if (lacksTimesPerCpu()) {
            return;
        }
        useSome();
        Checks.soon(this::requireEachCpuAloneAsAmongAll);
    }

    private void requireEachCpuAloneAsAmongAll() {
        CpuTable before = CpuTable.read(domain());
        TypedParameters params = TypedParameters.allocate(1);
        List<Integer> cpus = new ArrayList<>(before.cpuTime().keySet());
        List<Long> alone = new ArrayList<>();
        for (int cpu : cpus) {
            Checks.same(1, domain().getCpuStats(params, 1, cpu, 1, 0), "how many were filled of one");
            Checks.require(params.isSet(0), "CPU " + cpu + " has a time among all, and none alone");
            alone.add(params.unsignedLong(0));
        }
        CpuTable after = CpuTable.read(domain());
        if (before.generation() != after.generation()) {
            return; // they begin anew; rule 4.2 sees to it that they do not always
        }
        for (int i = 0; i < cpus.size(); i++) {
            int cpu = cpus.get(i);
            long least = before.timeOf(cpu);
            long most = after.timeOf(cpu);
            long time = alone.get(i);
            Checks.require(
                    time >= least && time <= most,
                    "CPU " + cpu + " alone has " + time + " ns, among all " + least + " before and " + most + " after");
        }
    }

    @Test
    @Rule(
            value = "3.7",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look =
                    "what becomes of CPUs past the last: their entries are left alone; startCpu past the last is an error")
    public final void cpusPastTheLastAreLeftAlone() throws Exception {
        if (lacksTimesPerCpu()) {
            return;
        }
        int ids = ids();
        TypedParameters params = TypedParameters.allocate(3);
        domain().getCpuStats(params, 1, ids - 1, 3, 0);
        requireCleared(params, 1, 3);
        Checks.fails(
                ErrorCode.INVALID_ARG, "CPU " + ids + " of " + ids, () -> domain().getCpuStats(params, 1, ids, 1, 0));
    }

    @Test
    @Rule(
            value = "3.8",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "CPU ids without a CPU: their entries are left alone; a zero there looks like a CPU that was idle")
    public final void anAbsentCpuHasNoTimeAndAPresentOneHas() throws Exception {
        if (lacksTimesPerCpu()) {
            return;
        }
        BitSet present = hostCpus();
        CpuTable table = CpuTable.read(domain());
        for (int cpu = 0; cpu < Math.max(ids(), present.length()); cpu++) {
            boolean hasTime = table.cpuTime().containsKey(cpu);
            Checks.require(
                    hasTime == present.get(cpu),
                    "CPU " + cpu + (hasTime ? " is absent and has a time" : " is present and has no time"));
        }
    }

    @Test
    @Rule(
            value = "3.9",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "params.setOrigin(…): where the numbers come from, and since when they count")
    public final void theNumbersSayWhereTheyComeFrom() {
        TypedParameters params = TypedParameters.allocate(1);
        domain().getCpuStats(params, 1, -1, 1, 0);
        requireOrigin(params, "the totals have");
        if (environment().withoutPerCpu().isEmpty()) {
            domain().getCpuStats(params, 1, 0, 1, 0);
            requireOrigin(params, "the times of a CPU have");
        }
    }

    private static void requireOrigin(TypedParameters params, String what) {
        Checks.require(params.origin().isPresent(), what + " no origin");
        Checks.require(!params.origin().get().source().isBlank(), what + " an origin that names no source");
    }
}
