package dev.vireo.spi;

import dev.vireo.NodeCpuMap;

/** Implements {@link dev.vireo.Connection#getNodeCpuMap()}. */
@FunctionalInterface
public interface NodeGetCpuMap {
    /**
     * Returns which CPUs the host has.
     *
     * @return the present and the online CPUs
     */
    NodeCpuMap getCpuMap();
}
