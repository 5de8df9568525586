package dev.vireo.driver.qemu.cgroup.host;

import dev.vireo.NodeInfo;
import dev.vireo.Reading;
import dev.vireo.driver.qemu.cgroup.reading.CpuIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the host is: architecture, memory, frequency and topology. */
public final class NodeFacts {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,18})(?:\\.\\d+)?");

    private final Path procfs;
    private final Path sysfs;

    /**
     * Names the directories.
     *
     * @param procfs stands for {@code /proc}
     * @param sysfs stands for {@code /sys}
     */
    public NodeFacts(Path procfs, Path sysfs) {
        this.procfs = procfs;
        this.sysfs = sysfs;
    }

    /**
     * Reads them all. What cannot be read is unavailable, with the reason.
     *
     * @param ids the host's CPUs
     * @return what the host is
     */
    public NodeInfo read(CpuIds ids) {
        int cpus = ids.online().cardinality();
        Reading memory = field(procfs.resolve("meminfo"), "MemTotal:");
        Reading mhz = field(procfs.resolve("cpuinfo"), "cpu MHz");
        try {
            CpuTopology topology = CpuTopology.read(sysfs, ids);
            return new NodeInfo(
                    architecture(),
                    memory,
                    cpus,
                    mhz,
                    Reading.of(topology.nodes()),
                    Reading.of(topology.socketsPerNode()),
                    Reading.of(topology.coresPerSocket()),
                    Reading.of(topology.threadsPerCore()));
        } catch (IOException unreadable) {
            Reading none = Reading.unavailable("the topology cannot be read: " + unreadable.getMessage());
            return new NodeInfo(architecture(), memory, cpus, mhz, none, none, none, none);
        }
    }

    /** The reader runs on the host's own processors; Java has other names than Linux for one of them. */
    static String architecture() {
        String arch = System.getProperty("os.arch");
        return arch.equals("amd64") ? "x86_64" : arch;
    }

    private static Reading field(Path file, String key) {
        try {
            Optional<String> value = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length())
                            .replaceFirst("^\\s*:?\\s*", "")
                            .split("\\s", 2)[0])
                    .findFirst();
            return value.map(text -> number(text)
                            .orElseGet(() -> Reading.unavailable(file + ": no number behind '" + key + "'")))
                    .orElseGet(() -> Reading.unavailable(file + " has no line '" + key + "'"));
        } catch (IOException unreadable) {
            return Reading.unavailable(file + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** Reads a number as the kernel prints it, without its fraction. */
    private static Optional<Reading> number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.matches() ? Optional.of(Reading.of(Long.parseLong(matcher.group(1)))) : Optional.empty();
    }
}
