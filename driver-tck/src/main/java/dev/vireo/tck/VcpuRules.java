package dev.vireo.tck;

import dev.vireo.Domain;
import dev.vireo.Operation;
import dev.vireo.Reading;
import dev.vireo.VcpuPin;
import dev.vireo.VcpuTimes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Group 5: vCPUs. */
abstract class VcpuRules extends CounterRules {
    VcpuRules() {}

    @Test
    @Rule(
            value = "5.1",
            of = Operation.DOMAIN_GET_VCPUS,
            look = "the numbers of the vCPUs: the guest's own, ascending, of all that are online")
    public final void vcpusHaveAscendingNumbers() {
        VcpuTimes vcpus = vcpus();
        Checks.require(vcpus.size() >= 1, "the domain has no vCPU");
        for (int row = 0; row < vcpus.size(); row++) {
            int before = row == 0 ? -1 : vcpus.number(row - 1);
            Checks.require(vcpus.number(row) > before, "vCPU " + vcpus.number(row) + " comes after vCPU " + before);
        }
        if (connection().supports(Operation.DOMAIN_GET_INFO)) {
            Reading known = domain().getInfo().vcpus();
            Checks.require(
                    !known.isAvailable() || known.value() == vcpus.size(),
                    "there are " + vcpus.size() + " vCPUs, and DOMAIN_GET_INFO tells of " + known);
        }
        if (connection().supports(Operation.DOMAIN_GET_VCPU_PIN_INFO)) {
            List<Integer> pinned = domain().getVcpuPinInfo(Domain.AFFECT_CURRENT).stream()
                    .map(VcpuPin::vcpu)
                    .sorted()
                    .toList();
            Checks.same(pinned, numbers(vcpus), "the numbers of the vCPUs");
        }
    }

    private static List<Integer> numbers(VcpuTimes vcpus) {
        return IntStream.range(0, vcpus.size())
                .map(vcpus::number)
                .sorted()
                .boxed()
                .toList();
    }

    @Test
    @Rule(
            value = "5.2",
            of = Operation.DOMAIN_GET_VCPUS,
            look = "columns that a vCPU lacks: setReason says why, and nothing stands in their place")
    public final void aColumnIsThereOrSaysWhyNot() {
        VcpuTimes vcpus = vcpus();
        for (VcpuTimes.Column column : VcpuTimes.Column.values()) {
            for (int row = 0; row < vcpus.size(); row++) {
                Checks.require(
                        vcpus.has(row, column) || vcpus.reason(column).isPresent(),
                        column + " of vCPU " + vcpus.number(row) + " is missing without a reason");
            }
        }
    }

    @Test
    @Rule(
            value = "5.3",
            of = Operation.DOMAIN_GET_VCPUS,
            look =
                    "the units of a vCPU's run time and delay, and whose they are: nanoseconds that it ran, or waited to run")
    public final void runTimesGrowWithALoadAndNeverGoBack() throws Exception {
        long begin = System.nanoTime();
        VcpuTimes before = vcpus();
        long passed = useSome();
        VcpuTimes now = vcpus();
        // vCPUs run before and after the load as well; an injected clock moves while no time passes
        long longest = Math.max(passed, System.nanoTime() - begin) + 2 * grainNanos();
        long grown = 0;
        boolean isKnown = false;
        for (int row = 0; row < now.size(); row++) {
            int earlier = rowOf(now.number(row), before);
            if (earlier < 0) {
                continue; // plugged meanwhile
            }
            long ran = grown(VcpuTimes.Column.RUN_TIME, before, earlier, now, row);
            long waited = grown(VcpuTimes.Column.DELAY, before, earlier, now, row);
            Checks.require(
                    ran + waited <= longest,
                    "in " + longest + " ns vCPU " + now.number(row) + " ran for " + ran + " and waited for " + waited);
            grown += ran;
            isKnown |= now.has(row, VcpuTimes.Column.RUN_TIME);
        }
        Checks.require(
                !isKnown || grown >= passed / 4 - grainNanos(),
                "in " + passed + " ns of load the vCPUs ran for " + grown);
    }

    private static int rowOf(int number, VcpuTimes vcpus) {
        for (int row = 0; row < vcpus.size(); row++) {
            if (vcpus.number(row) == number) {
                return row;
            }
        }
        return -1;
    }

    /** Returns by how much a time has grown, 0 where it is not known; it may not have become less. */
    private static long grown(VcpuTimes.Column column, VcpuTimes before, int earlier, VcpuTimes now, int row) {
        if (!before.has(earlier, column) || !now.has(row, column)) {
            return 0;
        }
        long grown = column == VcpuTimes.Column.DELAY
                ? now.delayNanos(row) - before.delayNanos(earlier)
                : now.runTimeNanos(row) - before.runTimeNanos(earlier);
        Checks.require(grown >= 0, column + " of vCPU " + now.number(row) + " went back by " + -grown);
        return grown;
    }
}
