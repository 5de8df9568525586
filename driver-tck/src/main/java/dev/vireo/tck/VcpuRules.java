package dev.vireo.tck;

import dev.vireo.Operation;
import dev.vireo.VcpuTimes;
import org.junit.jupiter.api.Test;

/** Group 5: vCPUs. */
abstract class VcpuRules extends CounterRules {
    private static final int MOST_VCPUS = 4096;

    VcpuRules() {}

    final VcpuTimes vcpus() {
        VcpuTimes vcpus = VcpuTimes.allocate(MOST_VCPUS);
        domain().getVcpus(vcpus);
        return vcpus;
    }

    @Test
    @Rule(value = "5.1", of = Operation.DOMAIN_GET_VCPUS, look = "the numbers of the vCPUs: the guest's own, ascending")
    public final void vcpusHaveAscendingNumbers() {
        VcpuTimes vcpus = vcpus();
        Checks.require(vcpus.size() >= 1, "the domain has no vCPU");
        for (int row = 0; row < vcpus.size(); row++) {
            int before = row == 0 ? -1 : vcpus.number(row - 1);
            Checks.require(vcpus.number(row) > before, "vCPU " + vcpus.number(row) + " comes after vCPU " + before);
        }
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
            look = "the unit of a vCPU's run time, and whose it is: nanoseconds that the vCPU ran")
    public final void runTimesGrowWithALoadAndNeverGoBack() throws Exception {
        VcpuTimes before = vcpus();
        long passed = useSome();
        VcpuTimes now = vcpus();
        long grown = 0;
        boolean isKnown = false;
        for (int row = 0; row < Math.min(before.size(), now.size()); row++) {
            if (before.has(row, VcpuTimes.Column.RUN_TIME) && now.has(row, VcpuTimes.Column.RUN_TIME)) {
                long time = now.runTimeNanos(row) - before.runTimeNanos(row);
                Checks.require(time >= 0, "the run time of vCPU " + now.number(row) + " went back by " + -time);
                grown += time;
                isKnown = true;
            }
        }
        long most = (passed + 2 * grainNanos()) * now.size();
        Checks.require(grown <= most, "in " + passed + " ns the vCPUs ran for " + grown);
        Checks.require(
                !isKnown || grown >= passed / 4 - grainNanos(),
                "in " + passed + " ns of load the vCPUs ran for " + grown);
    }
}
