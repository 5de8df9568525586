package dev.vireo.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The reads that the library makes of a guest, in the words of {@code floor.c}. Each operation ends with the question whether
 * the guest still runs.
 */
final class FloorReads {
    private FloorReads() {}

    static List<String> total(Hierarchy hierarchy, LookAlike guest, Path group) {
        return alive(guest, totals(hierarchy, group));
    }

    static List<String> perCpu(LookAlike guest, Path group) {
        return alive(guest, perCpus(guest, group));
    }

    /** The total of a guest whose control group holds others as well. */
    static List<String> sharedTotal(LookAlike guest) {
        return alive(guest, List.of("process:" + guest.procfs().resolve("stat"), "clock:" + guest.pid()));
    }

    static List<String> vcpus(LookAlike guest) {
        List<String> reads = new ArrayList<>();
        for (int vcpu = 0; vcpu < guest.vcpuThreads().size(); vcpu++) {
            reads.add("schedstat:" + guest.thread(vcpu).resolve("schedstat"));
            reads.add("thread:" + guest.thread(vcpu).resolve("stat"));
        }
        return alive(guest, reads);
    }

    /** All that a bulk read takes of many guests. The sum over all CPUs is the usage: that file need not be read. */
    static List<String> everything(Hierarchy hierarchy, List<LookAlike> guests, List<Path> groups) {
        List<String> reads = new ArrayList<>();
        for (int i = 0; i < guests.size(); i++) {
            LookAlike guest = guests.get(i);
            if (hierarchy == Hierarchy.V1) {
                reads.addAll(perCpus(guest, groups.get(i)));
                reads.add(userSystem(groups.get(i)));
            } else {
                reads.addAll(totals(hierarchy, groups.get(i)));
            }
            for (int vcpu = 0; vcpu < guest.vcpuThreads().size(); vcpu++) {
                reads.add("schedstat:" + guest.thread(vcpu).resolve("schedstat"));
            }
            reads.add(alive(guest));
        }
        return reads;
    }

    private static List<String> alive(LookAlike guest, List<String> reads) {
        List<String> all = new ArrayList<>(reads);
        all.add(alive(guest));
        return all;
    }

    private static String alive(LookAlike guest) {
        return "number:" + guest.procfs().resolve("coredump_filter");
    }

    private static String userSystem(Path group) {
        return "user-system:" + group.resolve("cpuacct.stat");
    }

    private static List<String> totals(Hierarchy hierarchy, Path group) {
        return hierarchy == Hierarchy.V1
                ? List.of("number:" + group.resolve("cpuacct.usage"), userSystem(group))
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
}
