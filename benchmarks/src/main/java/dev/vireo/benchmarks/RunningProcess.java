package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the kernel says of a process that runs: its CPU clock, in steps of 10 ms, and its memory.
 *
 * @param pid which process
 */
record RunningProcess(long pid) {
    private static final String RESIDENT = "VmRSS:";
    private static final String MOST_RESIDENT = "VmHWM:";
    private static final double BYTES_A_KIB = 1024;

    /** Returns how long all of its threads have run, those included that have ended. */
    Duration cpuTime() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("the process " + pid + " has ended"));
    }

    double residentBytes() throws IOException {
        return bytes(RESIDENT);
    }

    /** Returns the most that it ever had at once. */
    double mostResidentBytes() throws IOException {
        return bytes(MOST_RESIDENT);
    }

    private double bytes(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith(field))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow(() -> new IOException("/proc/" + pid + "/status has no " + field))
                * BYTES_A_KIB;
    }
}
