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
     * Returns the nodes of a host that has one.
     *
     * @return all CPUs in node 0
     */
    public static NumaNodes none() {
        return new NumaNodes(Map.of());
    }

    /**
     * Reads them from the kernel's {@code devices/system/node/nodeN/cpulist}.
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
                int node = Integer.parseInt(directory.getFileName().toString().substring("node".length()));
                addAll(nodes, Files.readString(directory.resolve("cpulist")).strip(), node);
            }
        } catch (NoSuchFileException withoutNuma) {
            // a kernel that was built without it
        } catch (NumberFormatException unreadable) {
            throw new IOException(
                    "a list of CPUs of a NUMA node cannot be read: " + unreadable.getMessage(), unreadable);
        }
        return new NumaNodes(Map.copyOf(nodes));
    }

    /** Adds a list such as {@code 0-3,8}; that of a node with memory alone is empty. */
    private static void addAll(Map<Integer, Integer> nodes, String list, int node) {
        if (list.isEmpty()) {
            return;
        }
        for (String range : list.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = Integer.parseInt(range.substring(dash + 1));
            for (int cpu = first; cpu <= last; cpu++) {
                nodes.put(cpu, node);
            }
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
