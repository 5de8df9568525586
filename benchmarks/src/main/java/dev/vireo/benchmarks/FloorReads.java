package dev.vireo.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The reads that the library makes of a guest, in the words of {@code floor.c}. Each operation begins with
 * {@code /proc/PID/statm}, which tells whether the guest still runs.
 */
final class FloorReads {
    private FloorReads() {}

    static List<String> total(Hierarchy hierarchy, LookAlike guest, Path group) {
        List<String> reads = alive(guest);
        reads.addAll(totals(hierarchy, group));
        return reads;
    }

    static List<String> perCpu(LookAlike guest, Path group) {
        List<String> reads = alive(guest);
        reads.addAll(perCpus(guest, group));
        return reads;
    }

    /** The total of a guest whose control group holds others as well. */
    static List<String> sharedTotal(LookAlike guest) {
        List<String> reads = alive(guest);
        reads.add("clock:" + guest.pid());
        reads.add("process:" + guest.procfs().resolve("stat"));
        return reads;
    }

    static List<String> vcpus(LookAlike guest) {
        List<String> reads = alive(guest);
        reads.addAll(threads(guest));
        return reads;
    }

    /** All that there is of a guest, as a bulk read asks for it. */
    static List<String> everything(Hierarchy hierarchy, LookAlike guest, Path group) {
        List<String> reads = total(hierarchy, guest, group);
        if (hierarchy == Hierarchy.V1) {
            reads.addAll(perCpus(guest, group));
        }
        reads.addAll(threads(guest));
        return reads;
    }

    private static List<String> alive(LookAlike guest) {
        return new ArrayList<>(List.of("number:" + guest.procfs().resolve("statm")));
    }

    private static List<String> totals(Hierarchy hierarchy, Path group) {
        return hierarchy == Hierarchy.V1
                ? List.of("number:" + group.resolve("cpuacct.usage"), "user-system:" + group.resolve("cpuacct.stat"))
                : List.of("usage-user-system:" + group.resolve("cpu.stat"));
    }

    private static List<String> perCpus(LookAlike guest, Path group) {
        List<String> reads = new ArrayList<>();
        for (int vcpu = 0; vcpu < guest.vcpuThreads().size(); vcpu++) {
            reads.add("percpu:" + group.resolve("vcpu" + vcpu).resolve("cpuacct.usage_percpu"));
        }
        reads.add("percpu:" + group.resolve("cpuacct.usage_percpu"));
        return reads;
    }

    private static List<String> threads(LookAlike guest) {
        List<String> reads = new ArrayList<>();
        for (int vcpu = 0; vcpu < guest.vcpuThreads().size(); vcpu++) {
            reads.add("schedstat:" + guest.thread(vcpu).resolve("schedstat"));
            reads.add("thread:" + guest.thread(vcpu).resolve("stat"));
        }
        return reads;
    }
}
