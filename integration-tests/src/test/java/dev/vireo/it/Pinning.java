package dev.vireo.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Says which CPU may run what; from when a method returns no other does. */
final class Pinning {
    private Pinning() {}

    static void pinProcess(int pid, int cpu) {
        taskset(List.of("--all-tasks", "--cpu-list", "--pid", Integer.toString(cpu), Integer.toString(pid)));
    }

    static void pinThread(int tid, int cpu) {
        taskset(List.of("--cpu-list", "--pid", Integer.toString(cpu), Integer.toString(tid)));
    }

    private static void taskset(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Programs.get("taskset")));
        command.addAll(arguments);
        CommandRun.of(Duration.ofSeconds(20), command).requireSuccess();
    }
}
