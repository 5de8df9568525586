package dev.vireo.driver.qemu.cgroup.host;

import dev.vireo.driver.qemu.cgroup.reading.CpuIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the host's online CPUs lie. Where nodes, sockets or cores differ in size four numbers cannot say it: then all CPUs are
 * cores of one socket, as with libvirt, and the product is right.
 *
 * @param nodes how many NUMA nodes
 * @param socketsPerNode how many sockets a node has
 * @param coresPerSocket how many cores a socket has
 * @param threadsPerCore how many threads a core has
 */
record CpuTopology(int nodes, int socketsPerNode, int coresPerSocket, int threadsPerCore) {
    static CpuTopology read(Path sysfs, CpuIds ids) throws IOException {
        Path cpus = sysfs.resolve("devices/system/cpu");
        Set<Integer> socketsOfNodes = new TreeSet<>();
        Set<Integer> coresOfSockets = new TreeSet<>();
        Set<Integer> threadsOfCores = new TreeSet<>();
        List<BitSet> nodes = nodes(sysfs, ids.online());
        for (BitSet node : nodes) {
            Map<String, Map<String, Integer>> sockets = new HashMap<>();
            for (int cpu = node.nextSetBit(0); cpu >= 0; cpu = node.nextSetBit(cpu + 1)) {
                Path topology = cpus.resolve("cpu" + cpu).resolve("topology");
                // the number of a core is unique in its die only; the list of its threads is in the whole host
                sockets.computeIfAbsent(text(topology.resolve("physical_package_id")), socket -> new HashMap<>())
                        .merge(text(topology.resolve("thread_siblings_list")), 1, Integer::sum);
            }
            socketsOfNodes.add(sockets.size());
            sockets.values().forEach(cores -> {
                coresOfSockets.add(cores.size());
                threadsOfCores.addAll(cores.values());
            });
        }
        boolean uniform = socketsOfNodes.size() == 1 && coresOfSockets.size() == 1 && threadsOfCores.size() == 1;
        return uniform
                ? new CpuTopology(nodes.size(), only(socketsOfNodes), only(coresOfSockets), only(threadsOfCores))
                : new CpuTopology(1, 1, ids.online().cardinality(), 1);
    }

    private static int only(Set<Integer> numbers) {
        return numbers.iterator().next();
    }

    /** The online CPUs of each node that has any; one of all where the kernel knows no nodes. */
    private static List<BitSet> nodes(Path sysfs, BitSet online) throws IOException {
        List<BitSet> nodes = new ArrayList<>();
        try (DirectoryStream<Path> directories =
                Files.newDirectoryStream(sysfs.resolve("devices/system/node"), "node[0-9]*")) {
            for (Path directory : directories) {
                Path list = directory.resolve("cpulist");
                // a node may have memory alone
                BitSet cpus = text(list).isEmpty() ? new BitSet() : CpuIds.readList(list);
                cpus.and(online);
                if (!cpus.isEmpty()) {
                    nodes.add(cpus);
                }
            }
        } catch (NoSuchFileException withoutNuma) {
            return List.of(online);
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        return nodes.isEmpty() ? List.of(online) : nodes;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }
}
