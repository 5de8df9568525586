package dev.vireo.driver.libvirt.binding;

import dev.vireo.TypedParameters;

/** An array of {@code virNodeCPUStats} in native memory, and its length. Not thread-safe. */
public final class NodeCpuBuffer {
    static final int VALUE = ParameterName.FIELD_LENGTH;
    static final int SIZE = 88;

    private static final int ENTRIES = Long.BYTES;

    private final Scratch memory = new Scratch(ENTRIES);

    /** Makes room and says how much; returns where the entries begin. */
    long prepare(int count) {
        memory.ensure(ENTRIES + count * SIZE);
        memory.bytes().putInt(0, count);
        return memory.address() + ENTRIES;
    }

    long countAddress() {
        return memory.address();
    }

    int count() {
        return memory.bytes().getInt(0);
    }

    /**
     * Copies what libvirt filled.
     *
     * @param into where to
     * @param count how many at most
     * @return how many
     */
    public int copyTo(TypedParameters into, int count) {
        int filled = Math.min(count, count());
        for (int i = 0; i < filled; i++) {
            int at = ENTRIES + i * SIZE;
            String name = ParameterName.textAt(memory.bytes(), at);
            into.setUnsignedLong(i, name, memory.bytes().getLong(at + VALUE));
        }
        return filled;
    }
}
