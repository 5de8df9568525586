package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.vireo.NodeCpuMap;
import java.util.BitSet;

/** What libvirt tells of the host's CPUs and libvirt-java has no words for. Thread-safe. */
public final class NodeCalls {
    private static final int COUNT = Long.BYTES;

    private final NativeConnection connection;

    /**
     * Makes the calls.
     *
     * @param connection whose host it is
     */
    public NodeCalls(NativeConnection connection) {
        this.connection = connection;
    }

    /**
     * Returns how many statistics a CPU of the host has: {@code virNodeGetCPUStats} without an array.
     *
     * @param cpu a CPU id, -1 for the sum of all
     * @return how many
     */
    public int cpuStatsCount(int cpu) {
        Scratch count = new Scratch(Integer.BYTES);
        count.bytes().putInt(0, 0);
        LastError.checked(
                Virt.virNodeGetCPUStats(connection.address(), cpu, 0, count.address(), 0), "virNodeGetCPUStats");
        return count.bytes().getInt(0);
    }

    /**
     * Fills in the statistics of a CPU of the host: {@code virNodeGetCPUStats}.
     *
     * @param cpu a CPU id, -1 for the sum of all
     * @param into what to fill
     * @param count how many there are; libvirt refuses any other number
     * @return how many were filled
     */
    public int cpuStats(int cpu, NodeCpuBuffer into, int count) {
        int result = Virt.virNodeGetCPUStats(connection.address(), cpu, into.prepare(count), into.countAddress(), 0);
        LastError.checked(result, "virNodeGetCPUStats");
        return into.count();
    }

    /**
     * Returns which CPUs are online: {@code virNodeGetCPUMap}. libvirt says how many ids there are and which of them are
     * online; ids without a CPU look like CPUs that are offline.
     *
     * @return the map
     */
    public NodeCpuMap cpuMap() {
        Scratch scratch = new Scratch(COUNT + Integer.BYTES);
        int size = LastError.checked(
                VirtCpuMap.virNodeGetCPUMap(connection.address(), scratch.address(), scratch.address() + COUNT, 0),
                "virNodeGetCPUMap");
        long map = scratch.bytes().getLong(0);
        byte[] bits = new Pointer(map).getByteArray(0, (size + Byte.SIZE - 1) / Byte.SIZE);
        Native.free(map);
        BitSet present = new BitSet(size);
        present.set(0, size);
        return NodeCpuMap.of(present, BitSet.valueOf(bits));
    }
}
