package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a control group's files by a program of its own, written in C, that shares nothing with what is tested. */
final class IndependentReader {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<String> command;

    private IndependentReader(List<String> command) {
        this.command = command;
    }

    /** Compiles the program. */
    static IndependentReader compile(Path directory, CgroupVersion version, ControlGroup group) throws IOException {
        Path source = Repository.root().resolve("integration-tests/src/test/c/read_cgroup.c");
        Path program = directory.resolve("read_cgroup-" + UniqueNames.next());
        CommandRun.of(LIMIT, List.of(Programs.get("cc"), "-O1", "-o", program.toString(), source.toString()))
                .requireSuccess();
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                version == CgroupVersion.V1 ? "v1" : "v2",
                group.directory().toString()));
        if (version == CgroupVersion.V1) {
            group.vcpuDirectories().forEach(vcpu -> command.add(vcpu.toString()));
        }
        return new IndependentReader(List.copyOf(command));
    }

    KernelTimes read() {
        SortedMap<String, Long> totals = new TreeMap<>();
        SortedMap<Integer, Long> cpus = new TreeMap<>();
        SortedMap<Integer, Long> vcpus = new TreeMap<>();
        CommandRun.of(LIMIT, command).requireSuccess().out().lines().forEach(line -> {
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
