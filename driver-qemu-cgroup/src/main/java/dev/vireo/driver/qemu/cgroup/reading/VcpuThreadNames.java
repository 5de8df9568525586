package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds vCPUs by the names of threads: {@code CPU 0/KVM}, {@code CPU 1/TCG}, with {@code -name …,debug-threads=on}. */
final class VcpuThreadNames {
    private static final Pattern NAME = Pattern.compile("CPU (\\d{1,6})/[A-Z]+");

    private VcpuThreadNames() {}

    /** Returns the thread ids by vCPU number; empty if no thread is called so. */
    static SortedMap<Integer, Integer> find(Path process) throws IOException {
        SortedMap<Integer, Integer> found = new TreeMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"), "[0-9]*")) {
            for (Path task : tasks) {
                OptionalInt number = vcpu(task);
                if (number.isPresent()) {
                    found.put(number.getAsInt(), Integer.valueOf(String.valueOf(task.getFileName())));
                }
            }
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        return found;
    }

    private static OptionalInt vcpu(Path task) {
        try {
            return parse(Files.readAllBytes(task.resolve("comm")));
        } catch (IOException ended) {
            return OptionalInt.empty();
        }
    }

    /** Reads a thread's name. */
    static OptionalInt parse(byte[] comm) {
        Matcher matcher = NAME.matcher(new String(comm, StandardCharsets.ISO_8859_1).strip());
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
