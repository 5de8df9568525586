package dev.vireo;

/**
 * Tells what the host is: libvirt's {@code virNodeInfo}.
 *
 * @param model the CPU architecture, for instance {@code x86_64}
 * @param memoryKib the memory, in KiB
 * @param cpus how many CPUs are online
 * @param mhz the expected CPU frequency, in MHz
 * @param nodes how many NUMA nodes there are, 1 where the topology is not uniform
 * @param socketsPerNode how many CPU sockets a node has
 * @param coresPerSocket how many cores a socket has
 * @param threadsPerCore how many threads a core has
 */
public record NodeInfo(
        String model,
        Reading memoryKib,
        int cpus,
        Reading mhz,
        Reading nodes,
        Reading socketsPerNode,
        Reading coresPerSocket,
        Reading threadsPerCore) {}
