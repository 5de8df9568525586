package dev.vireo.it;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the CPU time of many control groups, by one run of a program of its own. */
final class GroupTotals {
    private final CProgram program;
    private final List<String> names;
    private final List<String> files;

    GroupTotals(CProgram program, SortedMap<String, ControlGroup> groups) {
        this.program = program;
        names = List.copyOf(groups.keySet());
        files = groups.values().stream()
                .map(group -> group.totalFile().toString())
                .toList();
    }

    /** Returns nanoseconds by the group's name. */
    SortedMap<String, Long> read() {
        List<String> lines = program.lines(files);
        SortedMap<String, Long> totals = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            totals.put(names.get(i), Long.valueOf(lines.get(i)));
        }
        return totals;
    }
}
