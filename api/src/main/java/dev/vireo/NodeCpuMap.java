package dev.vireo;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells which CPU ids the host has and which of them are online: libvirt's {@code virNodeGetCPUMap}. Ids may have gaps.
 *
 * <p>Immutable and thread-safe.
 */
public final class NodeCpuMap {
    private final BitSet present;
    private final BitSet online;

    private NodeCpuMap(BitSet present, BitSet online) {
        this.present = present;
        this.online = online;
    }

    /**
     * Makes a map.
     *
     * @param present the ids that have a CPU
     * @param online the ids whose CPU is online, all of them present
     * @return the map
     * @throws IllegalArgumentException if an id is online and not present
     */
    public static NodeCpuMap of(BitSet present, BitSet online) {
        BitSet stray = (BitSet) online.clone();
        stray.andNot(present);
        if (!stray.isEmpty()) {
            throw new IllegalArgumentException("CPUs online that are not present: " + stray);
        }
        return new NodeCpuMap((BitSet) present.clone(), (BitSet) online.clone());
    }

    /**
     * Returns how many CPU ids there are, which is not how many CPUs.
     *
     * @return the highest present id + 1
     */
    public int size() {
        return present.length();
    }

    /**
     * Returns how many CPUs the host has.
     *
     * @return the count of present ids
     */
    public int presentCount() {
        return present.cardinality();
    }

    /**
     * Returns how many CPUs are online.
     *
     * @return the count of online ids
     */
    public int onlineCount() {
        return online.cardinality();
    }

    /**
     * Tells whether an id has a CPU.
     *
     * @param cpu a CPU id, 0 or more
     * @return whether the CPU is there, online or not
     */
    public boolean isPresent(int cpu) {
        return present.get(cpu);
    }

    /**
     * Tells whether a CPU is online.
     *
     * @param cpu a CPU id, 0 or more
     * @return whether it is online
     */
    public boolean isOnline(int cpu) {
        return online.get(cpu);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NodeCpuMap map && present.equals(map.present) && online.equals(map.online);
    }

    @Override
    public int hashCode() {
        return 31 * present.hashCode() + online.hashCode();
    }

    @Override
    public String toString() {
        return "present " + present + ", online " + online;
    }
}
