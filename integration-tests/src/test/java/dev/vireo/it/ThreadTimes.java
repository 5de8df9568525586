package dev.vireo.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads run time and run delay of a guest's vCPU threads, by a program of its own. */
final class ThreadTimes {
    /**
     * What the kernel says of a thread, in nanoseconds.
     *
     * @param run how long it ran
     * @param delay how long it was ready to run and waited
     */
    record Times(long run, long delay) {}

    private final CProgram program;
    private final List<Integer> vcpus;
    private final List<String> arguments = new ArrayList<>();

    ThreadTimes(CProgram program, Guest guest) throws IOException {
        this.program = program;
        SortedMap<Integer, Integer> threads = guest.vcpuThreads();
        vcpus = List.copyOf(threads.keySet());
        arguments.add(Integer.toString(guest.pid()));
        threads.values().forEach(tid -> arguments.add(Integer.toString(tid)));
    }

    /** Returns the times by the vCPU's number. */
    SortedMap<Integer, Times> read() {
        List<String> lines = program.lines(arguments);
        SortedMap<Integer, Times> times = new TreeMap<>();
        for (int i = 0; i < vcpus.size(); i++) {
            List<String> words = List.of(lines.get(i).split(" ", -1));
            times.put(vcpus.get(i), new Times(Long.parseLong(words.get(1)), Long.parseLong(words.get(2))));
        }
        return times;
    }
}
