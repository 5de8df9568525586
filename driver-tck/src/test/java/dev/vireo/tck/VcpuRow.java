package dev.vireo.tck;

import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import java.util.ArrayList;
import java.util.List;

/** What is told of one vCPU, to be altered; a delay that is null is left out. */
record VcpuRow(int number, VcpuState state, int cpu, long ran, Long delay) {
    static List<VcpuRow> of(VcpuTimes vcpus) {
        List<VcpuRow> rows = new ArrayList<>();
        for (int i = 0; i < vcpus.size(); i++) {
            rows.add(new VcpuRow(
                    vcpus.number(i), vcpus.state(i), vcpus.cpu(i), vcpus.runTimeNanos(i), vcpus.delayNanos(i)));
        }
        return rows;
    }

    VcpuRow withNumber(int other) {
        return new VcpuRow(other, state, cpu, ran, delay);
    }

    VcpuRow withRan(long other) {
        return new VcpuRow(number, state, cpu, other, delay);
    }

    VcpuRow withDelay(Long other) {
        return new VcpuRow(number, state, cpu, ran, other);
    }

    void addTo(VcpuTimes vcpus) {
        int row = vcpus.add(number, state);
        vcpus.setCpu(row, cpu);
        vcpus.setRunTimeNanos(row, ran);
        if (delay != null) {
            vcpus.setDelayNanos(row, delay);
        }
    }
}
