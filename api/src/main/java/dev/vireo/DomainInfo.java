package dev.vireo;

/**
 * Tells what a domain is given and what it has used: libvirt's {@code virDomainInfo}.
 *
 * @param state the state
 * @param maxMemoryKib the memory it may have, in KiB
 * @param memoryKib the memory it has, in KiB
 * @param vcpus how many vCPUs it has
 * @param cpuTimeNanos the CPU time used, in nanoseconds
 */
public record DomainInfo(
        DomainState state, Reading maxMemoryKib, Reading memoryKib, Reading vcpus, Reading cpuTimeNanos) {}
