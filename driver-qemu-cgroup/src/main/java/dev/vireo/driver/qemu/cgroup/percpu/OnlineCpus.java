package dev.vireo.driver.qemu.cgroup.percpu;

import java.io.IOException;
import java.util.BitSet;

/** Tells which CPUs are online now. */
@FunctionalInterface
public interface OnlineCpus {
    /**
     * Reads which.
     *
     * @return the ids of the CPUs
     * @throws IOException if that cannot be read now
     */
    BitSet read() throws IOException;
}
