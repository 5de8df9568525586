package dev.vireo.it;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a control group's files by a program of its own, written in C, that shares nothing with what is tested. */
final class IndependentReader {
    private final CProgram program;
    private final List<String> arguments;

    private IndependentReader(CProgram program, List<String> arguments) {
        this.program = program;
        this.arguments = arguments;
    }

    static IndependentReader of(CProgram program, CgroupVersion version, ControlGroup group) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                version == CgroupVersion.V1 ? "v1" : "v2", group.directory().toString()));
        if (version == CgroupVersion.V1) {
            group.vcpuDirectories().forEach(vcpu -> arguments.add(vcpu.toString()));
        }
        return new IndependentReader(program, List.copyOf(arguments));
    }

    KernelTimes read() {
        SortedMap<String, Long> totals = new TreeMap<>();
        SortedMap<Integer, Long> cpus = new TreeMap<>();
        SortedMap<Integer, Long> vcpus = new TreeMap<>();
        program.lines(arguments).forEach(line -> {
            List<String> words = List.of(line.split(" ", -1));
            long value = Long.parseLong(words.get(words.size() - 1));
            if (words.size() == 2) {
                totals.put(words.get(0), value);
            } else {
                (words.get(0).equals("cpu") ? cpus : vcpus).put(Integer.valueOf(words.get(1)), value);
            }
        });
        return new KernelTimes(totals.get("cpu_time"), totals.get("user_time"), totals.get("system_time"), cpus, vcpus);
    }

    /** Returns when the group has used this much more CPU time than at a former reading. */
    KernelTimes awaitGrowth(KernelTimes before, Duration growth) throws IOException {
        KernelTimes[] last = {before};
        Await.until("the guest has used " + growth + " of CPU time", Duration.ofSeconds(60), () -> {
            last[0] = read();
            return last[0].cpuTime() - before.cpuTime() >= growth.toNanos();
        });
        return last[0];
    }
}
