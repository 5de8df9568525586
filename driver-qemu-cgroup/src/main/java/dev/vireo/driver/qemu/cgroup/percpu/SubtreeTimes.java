package dev.vireo.driver.qemu.cgroup.percpu;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time that a control group and all below it have used on each host CPU, in nanoseconds. It never goes back while this is
 * open. Not thread-safe.
 */
public interface SubtreeTimes extends AutoCloseable {
    /**
     * Adds the time on each CPU.
     *
     * @param nanos takes it, by CPU id, with room for all possible CPUs
     * @throws IOException if it is counted from another point now: what is opened anew goes on from there
     * @throws PassedOverException if this source cannot tell any more
     */
    void addTo(long[] nanos) throws IOException, PassedOverException;

    /**
     * Opens the part of the vCPUs.
     *
     * @param vcpus which these are
     * @return their time, which is never more than the whole read after it
     * @throws IOException if a group is gone
     * @throws PassedOverException if this source cannot tell the vCPUs from the rest
     */
    SubtreeTimes ofVcpus(Vcpus vcpus) throws IOException, PassedOverException;

    /**
     * Returns when this began to count.
     *
     * @return the time, null if it counts since the group's cpu controller came
     */
    @Nullable Instant attachedAt();

    /**
     * Tells whether the guest's process certainly runs still, where this can tell without a system call.
     *
     * @return false also where this does not know
     */
    default boolean isSurelyAlive() {
        return false;
    }

    /**
     * Tells whether nothing is counted any more, so that it is to be opened anew to go on.
     *
     * @return whether its source was ended
     */
    default boolean isStopped() {
        return false;
    }

    @Override
    void close();
}
