package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the kernel says of a process that runs: its CPU clock, in steps of 10 ms, and its memory.
 *
 * @param pid which process
 */
record RunningProcess(long pid) {
    private static final String RESIDENT = "VmRSS:";
    private static final String MOST_RESIDENT = "VmHWM:";
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(?<bytes>\\d+)");
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

    /** Returns how many files, sockets and the like it has open. */
    int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return (int) open.count();
        }
    }

    /** Returns how much of its heap is in use once it has been swept; the process is a JVM of our own Java. */
    double liveHeapBytes() throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asking = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = TOTAL.matcher(histogram);
        if (CPrograms.exitCode(asking) != 0 || !total.find()) {
            throw new IOException("jcmd does not tell of the heap of " + pid + ": " + histogram);
        }
        return Double.parseDouble(total.group("bytes"));
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
