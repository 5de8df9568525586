package dev.vireo.exporter.prometheus;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Which NUMA node of the host each CPU is in. Immutable. */
public final class NumaNodes {
    /** The node of CPUs that the kernel names none of, as of one that came later. */
    static final String UNKNOWN = "unknown";

    private final Map<Integer, Integer> nodeOfCpu;

    private NumaNodes(Map<Integer, Integer> nodeOfCpu) {
        this.nodeOfCpu = nodeOfCpu;
    }

    /**
     * Returns the nodes of a host of which nothing is known.
     *
     * @return all CPUs in node 0
     */
    public static NumaNodes none() {
        return new NumaNodes(Map.of());
    }

    /**
     * Reads them from the kernel's {@code devices/system/node/nodeN/cpuM}, which are there for CPUs that are offline, too.
     *
     * @param sysfs the directory that stands for {@code /sys}
     * @return the nodes; all CPUs are in node 0 where the kernel knows of no nodes
     * @throws IOException if they are there and cannot be read
     */
    public static NumaNodes read(Path sysfs) throws IOException {
        Map<Integer, Integer> nodes = new TreeMap<>();
        try (DirectoryStream<Path> directories =
                Files.newDirectoryStream(sysfs.resolve("devices/system/node"), "node[0-9]*")) {
            for (Path directory : directories) {
                addAll(nodes, directory);
            }
        } catch (NoSuchFileException withoutNuma) {
            // a kernel that was built without it
        }
        return new NumaNodes(Map.copyOf(nodes));
    }

    private static void addAll(Map<Integer, Integer> nodes, Path directory) throws IOException {
        int node = number(directory, "node");
        try (DirectoryStream<Path> cpus = Files.newDirectoryStream(directory, "cpu[0-9]*")) {
            for (Path cpu : cpus) {
                nodes.put(number(cpu, "cpu"), node);
            }
        }
    }

    private static int number(Path path, String prefix) throws IOException {
        try {
            return Integer.parseInt(path.getFileName().toString().substring(prefix.length()));
        } catch (NumberFormatException odd) {
            throw new IOException(path + " is no " + prefix + " with a number", odd);
        }
    }

    /** Returns the name of a CPU's node. */
    String of(int cpu) {
        if (nodeOfCpu.isEmpty()) {
            return "0";
        }
        Integer node = nodeOfCpu.get(cpu);
        return node == null ? UNKNOWN : node.toString();
    }
}
