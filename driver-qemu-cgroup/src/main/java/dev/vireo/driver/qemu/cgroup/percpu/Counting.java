package dev.vireo.driver.qemu.cgroup.percpu;

import java.io.IOException;

/** One source, ready to be used. Thread-safe. */
interface Counting extends AutoCloseable {
    /**
     * Opens the time of a control group.
     *
     * @param subtree the group
     * @return its time
     * @throws IOException if the group is gone
     * @throws PassedOverException if this source cannot tell its time
     */
    SubtreeTimes open(Subtree subtree) throws IOException, PassedOverException;

    @Override
    void close();
}
