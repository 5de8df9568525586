package dev.vireo.spi;

import dev.vireo.NodeInfo;

/** Implements {@link dev.vireo.Connection#getNodeInfo()}. */
@FunctionalInterface
public interface NodeGetInfo {
    /**
     * Returns what the host is.
     *
     * @return CPUs, memory, topology
     */
    NodeInfo getInfo();
}
