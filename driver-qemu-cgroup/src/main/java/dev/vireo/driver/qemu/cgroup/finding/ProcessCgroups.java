package dev.vireo.driver.qemu.cgroup.finding;

import java.util.List;
import java.util.Optional;

/**
 * The control groups that a process is in, from {@code /proc/PID/cgroup}.
 *
 * @param v1 its path in the v1 hierarchy of {@code cpuacct}
 * @param v2 its path in the v2 hierarchy
 * @param v1Scheduler its path in the v1 hierarchy of {@code cpu}
 */
record ProcessCgroups(Optional<String> v1, Optional<String> v2, Optional<String> v1Scheduler) {
    static ProcessCgroups parse(byte[] text) {
        Optional<String> v1 = Optional.empty();
        Optional<String> v2 = Optional.empty();
        Optional<String> v1Scheduler = Optional.empty();
        for (String line : TextLines.of(text)) {
            String[] fields = line.split(":", 3); // a path may hold colons of its own
            if (fields.length < 3 || !fields[2].startsWith("/")) {
                continue;
            }
            if (fields[0].equals("0") && fields[1].isEmpty()) {
                v2 = Optional.of(fields[2]);
                continue;
            }
            List<String> controllers = List.of(fields[1].split(",", -1));
            if (controllers.contains("cpuacct")) {
                v1 = Optional.of(fields[2]);
            }
            if (controllers.contains("cpu")) {
                v1Scheduler = Optional.of(fields[2]);
            }
        }
        return new ProcessCgroups(v1, v2, v1Scheduler);
    }
}
