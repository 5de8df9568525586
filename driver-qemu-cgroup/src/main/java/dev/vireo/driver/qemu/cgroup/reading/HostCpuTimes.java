package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.TypedParameters;
import java.io.IOException;
import java.util.Arrays;

/** The times of a guest on each host CPU, in nanoseconds, by CPU id; of its vCPUs too where they are known. Not thread-safe. */
final class HostCpuTimes {
    private long[] cpu = {};
    private long[] vcpu = {};
    private boolean withVcpus;
    private int size;
    private boolean whole;

    /** Forgets all times. */
    void begin(CpuIds ids, boolean hasVcpus) {
        whole = false;
        size = ids.room();
        if (cpu.length < size) {
            cpu = new long[size];
            vcpu = new long[size];
        }
        withVcpus = hasVcpus;
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

    boolean hasVcpus() {
        return withVcpus;
    }

    long cpu(int id) {
        return cpu[id];
    }

    long vcpu(int id) {
        return vcpu[id];
    }

    /** Fills in the present CPUs among those asked for and returns how many parameters each. */
    int fill(CpuIds ids, TypedParameters params, int nparams, int startCpu, int ncpus) {
        boolean both = withVcpus && nparams > 1;
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
