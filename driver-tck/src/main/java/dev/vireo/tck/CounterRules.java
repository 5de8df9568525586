package dev.vireo.tck;

import dev.vireo.Domain;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.Reading;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Group 4: what counters do while time passes. All sums are of differences, since a counter may have begun at an attach. */
abstract class CounterRules extends CpuStatsRules {
    private static final int READINGS = 50;

    private static final int MOST_VCPUS = 4096;

    /** A part of a load that a number in another unit does not reach, and a coarse one does. */
    static final int UNIT = 20;

    CounterRules() {}

    final long[] totals() {
        TypedParameters params = TypedParameters.allocate(3);
        int filled = domain().getCpuStats(params, 3, -1, 1, 0);
        long[] totals = new long[filled];
        for (int i = 0; i < filled; i++) {
            totals[i] = params.unsignedLong(i);
        }
        return totals;
    }

    /** Returns how many CPUs a domain may be busy on at once: no more than it has vCPUs, beside its emulation. */
    private long mostCpus() {
        long cpus = Math.max(1, domain().getCpuStats(null, 0, 0, 0, 0));
        if (connection().supports(Operation.DOMAIN_GET_INFO)) {
            Reading vcpus = domain().getInfo().vcpus();
            return vcpus.isAvailable() ? Math.min(cpus, vcpus.value() + 1) : cpus;
        }
        if (tellsVcpus()) {
            return Math.min(cpus, vcpus().size() + 1L);
        }
        return cpus;
    }

    final VcpuTimes vcpus() {
        VcpuTimes vcpus = VcpuTimes.allocate(MOST_VCPUS);
        domain().getVcpus(vcpus);
        return vcpus;
    }

    /** Tells whether vCPUs can be read; where they ought to be and cannot, the rules of group 5 find it. */
    final boolean tellsVcpus() {
        if (!connection().supports(Operation.DOMAIN_GET_VCPUS)) {
            return false;
        }
        try {
            return vcpus().size() > 0;
        } catch (HypervisorException cannot) {
            return false;
        }
    }

    /** Returns what the vCPUs have run together, as far as that is known. */
    final long vcpusRan() {
        VcpuTimes vcpus = vcpus();
        long ran = 0;
        for (int row = 0; row < vcpus.size(); row++) {
            ran += vcpus.has(row, VcpuTimes.Column.RUN_TIME) ? vcpus.runTimeNanos(row) : 0;
        }
        return ran;
    }

    @Test
    @Rule(
            value = "4.1",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "where totals come from: a sum over threads or CPUs goes back when one of them ends")
    public final void totalsNeverGoBack() throws Exception {
        long[] before = totals();
        useSome();
        for (int reading = 0; reading < READINGS; reading++) {
            long[] now = totals();
            for (int i = 0; i < now.length; i++) {
                Checks.require(
                        Long.compareUnsigned(now[i], before[i]) >= 0,
                        "total " + i + " went back from " + before[i] + " to " + now[i]);
            }
            before = now;
        }
    }

    @Test
    @Rule(
            value = "4.2",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look =
                    "where the times per CPU come from, and whether the origin's generation changes when they begin anew")
    public final void timesPerCpuNeverGoBackWithinAGeneration() throws Exception {
        if (lacksTimesPerCpu()) {
            return;
        }
        CpuTable before = CpuTable.read(domain());
        useSome();
        boolean isOneGeneration = false;
        for (int reading = 0; reading < READINGS; reading++) {
            CpuTable now = CpuTable.read(domain());
            if (now.generation() == before.generation()) {
                isOneGeneration = true;
                requireNotLess(before.cpuTime(), now.cpuTime(), CpuTable.CPU_TIME);
                requireNotLess(before.vcpuTime(), now.vcpuTime(), CpuTable.VCPU_TIME);
            }
            before = now;
        }
        Checks.require(isOneGeneration, "each of " + READINGS + " readings has a generation of its own");
    }

    private static void requireNotLess(Map<Integer, Long> before, Map<Integer, Long> now, String name) {
        before.forEach((cpu, time) -> Checks.require(
                !now.containsKey(cpu) || Long.compareUnsigned(now.get(cpu), time) >= 0,
                name + " of CPU " + cpu + " went back from " + time + " to " + now.get(cpu)));
    }

    @Test
    @Rule(
            value = "4.3",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "the unit: nanoseconds, not ticks, micro- or milliseconds; and whose time it is")
    public final void aKnownLoadShowsInNanoseconds() throws Exception {
        long before = totals()[0];
        long passed = useSome();
        long grown = totals()[0] - before;
        long least = passed / 2 - grainNanos();
        long most = (passed + grainNanos()) * mostCpus();
        Checks.require(
                grown >= least && grown <= most,
                "in " + passed + " ns of load cpu_time grew by " + grown + ", which ought to be from " + least + " to "
                        + most);
    }

    @Test
    @Rule(
            value = "4.4",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "the units of user_time and system_time, which are parts of cpu_time")
    public final void userAndSystemTimeAreThePartsOfAllTime() throws Exception {
        long[] before = totals();
        useSome();
        long[] now = totals();
        long parts = 0;
        for (int i = 1; i < now.length; i++) {
            parts += now[i] - before[i];
        }
        long whole = now[0] - before[0];
        Checks.require(
                parts <= whole + 2 * grainNanos() * mostCpus(),
                "user_time and system_time grew by " + parts + ", cpu_time by " + whole);
        Checks.require(
                now.length < 3 || parts >= whole / UNIT,
                "user_time and system_time grew by no more than " + parts + ", cpu_time by " + whole);
    }

    @Test
    @Rule(
            value = "4.5",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "the units of the times per CPU, and whether they are the same domain's as the total")
    public final void theTimesOfAllCpusTogetherGrowAsTheTotalDoes() throws Exception {
        if (lacksTimesPerCpu()) {
            return;
        }
        CpuTable.read(domain()); // what begins to count at the first reading does now
        Checks.soon(this::requireThatAllCpusGrowAsTheTotal);
    }

    private void requireThatAllCpusGrowAsTheTotal() throws Exception {
        long outerBegin = totals()[0];
        CpuTable before = CpuTable.read(domain());
        long innerBegin = totals()[0];
        useSome();
        long innerEnd = totals()[0];
        CpuTable after = CpuTable.read(domain());
        long outerEnd = totals()[0];
        long sum = after.sum() - before.sum();
        long inner = innerEnd - innerBegin;
        long outer = outerEnd - outerBegin;
        // what may be off on each of many CPUs must not hide everything
        long off = 2 * grainNanos() * Math.max(1, after.cpusThatRanSince(before));
        long slack = outer / 10 + Math.min(off, outer / 4);
        Checks.require(
                sum >= inner - slack && sum <= outer + slack,
                "the times of all CPUs grew by " + sum + ", the total by " + inner + " to " + outer);
    }

    @Test
    @Rule(
            value = "4.6",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "what vcpu_time counts: the vCPUs' part of the domain's time on that CPU")
    public final void vcpusUseTheirPartOfACpu() throws Exception {
        if (lacksTimesPerCpu()) {
            return;
        }
        CpuTable.read(domain());
        Checks.soon(this::requireThatVcpusUseTheirPart);
    }

    private void requireThatVcpusUseTheirPart() throws Exception {
        boolean tellsVcpus = tellsVcpus();
        CpuTable before = CpuTable.read(domain());
        long ranBefore = tellsVcpus ? vcpusRan() : 0;
        useSome();
        long ran = tellsVcpus ? vcpusRan() - ranBefore : 0;
        CpuTable now = CpuTable.read(domain());
        now.vcpuTime().forEach((cpu, time) -> {
            long vcpus = time - before.vcpuTime().getOrDefault(cpu, time);
            long whole = now.timeOf(cpu) - before.timeOf(cpu);
            Checks.require(
                    vcpus <= whole + 2 * grainNanos(),
                    "on CPU " + cpu + " vcpu_time grew by " + vcpus + ", cpu_time by " + whole);
        });
        long used = Math.min(ran, now.sum() - before.sum());
        Checks.require(
                before.vcpuTime().isEmpty() || now.vcpusSince(before) >= used / UNIT,
                "vcpu_time grew by " + now.vcpusSince(before) + " on all CPUs, and the vCPUs ran for " + ran);
    }

    @Test
    @Rule(
            value = "4.7",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "whose time is read: that of the domain that a call is about, and not the first one's or the host's")
    public final void anIdleDomainUsesNothingWhileABusyOneDoes() throws Exception {
        String name = environment()
                .idleDomain()
                .orElseThrow(() -> untested(
                        "no domain is known that idles beside the busy one;" + " Environment.withIdleDomain(…)"));
        Domain idle = connection().getDomainByName(name);
        long before = total(idle);
        long onCpus = environment().withoutPerCpu().isPresent()
                ? 0
                : CpuTable.read(idle).sum();
        long passed = useSome();
        long used = total(idle) - before;
        Checks.require(
                used <= passed / 4, "the idle " + idle + " used " + used + " of the " + passed + " of another one");
        long usedOnCpus = environment().withoutPerCpu().isPresent()
                ? 0
                : CpuTable.read(idle).sum() - onCpus;
        Checks.require(
                usedOnCpus <= passed / 4,
                "on all CPUs the idle " + idle + " used " + usedOnCpus + " of the " + passed + " of another one");
    }

    private static long total(Domain domain) {
        TypedParameters params = TypedParameters.allocate(1);
        domain.getCpuStats(params, 1, -1, 1, 0);
        return params.unsignedLong(0);
    }
}
