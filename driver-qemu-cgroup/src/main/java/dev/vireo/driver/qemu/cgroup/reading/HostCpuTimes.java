package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.TypedParameters;
import dev.vireo.driver.qemu.cgroup.percpu.PassedOverException;
import dev.vireo.driver.qemu.cgroup.percpu.SubtreeTimes;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The times of a guest on each host CPU, in nanoseconds, by CPU id; of its vCPUs too where they are known. Not thread-safe. */
final class HostCpuTimes {
    private long[] cpu = {};
    private long[] vcpu = {};
    private @Nullable String noVcpus;
    private int size;
    private boolean whole;

    /** Forgets all times; where those of the vCPUs will not be known, it keeps the reason. */
    void begin(CpuIds ids, @Nullable String whyNoVcpus) {
        whole = false;
        size = ids.room();
        if (cpu.length < size) {
            cpu = new long[size];
            vcpu = new long[size];
        }
        noVcpus = whyNoVcpus;
        Arrays.fill(cpu, 0, size, 0);
        Arrays.fill(vcpu, 0, size, 0);
    }

    /** Takes a file's numbers, one for each possible CPU, as the guest's. */
    void addGuest(KernelText file, CpuIds ids) throws IOException {
        add(file, ids, cpu);
    }

    /** Adds a file's numbers, one for each possible CPU, to its vCPUs'. */
    void addVcpu(KernelText file, CpuIds ids) throws IOException {
        add(file, ids, vcpu);
    }

    /** Takes a source's numbers as the guest's. */
    void addGuest(SubtreeTimes times) throws IOException, PassedOverException {
        times.addTo(cpu);
    }

    /** Takes a source's numbers as its vCPUs'. */
    void addVcpus(SubtreeTimes times) throws IOException, PassedOverException {
        times.addTo(vcpu);
    }

    /** Lets no vCPUs' time be more than the guest's whole. */
    void boundVcpus() {
        for (int id = 0; id < size; id++) {
            vcpu[id] = Math.min(vcpu[id], cpu[id]);
        }
    }

    /** Has no times until they are read. */
    void clear() {
        whole = false;
    }

    /** Says that all files have been read. */
    void finish() {
        whole = true;
    }

    /** Tells whether all times are there: a reading that has failed in the middle leaves some, and zeros. */
    boolean isWhole() {
        return whole;
    }

    /** Returns the sum over all CPUs, which is how the kernel makes {@code cpuacct.usage}. */
    long sum() {
        long sum = 0;
        for (int id = 0; id < size; id++) {
            sum += cpu[id];
        }
        return sum;
    }

    /** Returns why the vCPUs' times are not known, null if they are. */
    @Nullable String noVcpus() {
        return noVcpus;
    }

    long cpu(int id) {
        return cpu[id];
    }

    long vcpu(int id) {
        return vcpu[id];
    }

    /** Fills in the present CPUs among those asked for and returns how many parameters each. */
    int fill(CpuIds ids, TypedParameters params, int nparams, int startCpu, int ncpus) {
        boolean both = noVcpus == null && nparams > 1;
        int end = Math.min(startCpu + ncpus, ids.size());
        for (int id : ids.presentIds()) {
            if (id < startCpu || id >= end) {
                continue;
            }
            int index = (id - startCpu) * nparams;
            params.setUnsignedLong(index, "cpu_time", cpu[id]);
            if (both) {
                params.setUnsignedLong(index + 1, "vcpu_time", vcpu[id]);
            }
        }
        return both ? 2 : 1;
    }

    private static void add(KernelText file, CpuIds ids, long[] to) throws IOException {
        for (int id : ids.possibleIds()) {
            to[id] += file.nextUnsigned();
        }
        if (!file.isAtEnd()) {
            throw file.malformed("more numbers than the " + ids.possibleIds().length + " possible CPUs");
        }
    }
}
