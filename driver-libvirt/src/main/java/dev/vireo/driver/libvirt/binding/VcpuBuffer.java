package dev.vireo.driver.libvirt.binding;

import java.nio.ByteBuffer;

/** An array of {@code virVcpuInfo} in native memory. Not thread-safe. */
public final class VcpuBuffer {
    static final int NUMBER = 0;
    static final int STATE = 4;
    static final int TIME = 8;
    static final int CPU = 16;
    static final int SIZE = 24;

    private static final int INITIAL_CAPACITY = 16;

    private final Scratch memory = new Scratch(INITIAL_CAPACITY * SIZE);
    private int capacity = INITIAL_CAPACITY;
    private int size;

    /** Fills an array of so many entries at an address, and returns how many it filled. */
    @FunctionalInterface
    interface Filling {
        int fill(long address, int count);
    }

    /** libvirt fills what there is room for and does not say that there were more: a full array is filled again. */
    int fill(Filling filling) {
        size = filling.fill(memory.address(), capacity);
        while (size >= capacity) {
            capacity *= 2;
            memory.ensure(capacity * SIZE);
            size = filling.fill(memory.address(), capacity);
        }
        return size;
    }

    /**
     * Returns how many vCPUs there are.
     *
     * @return the number of rows
     */
    public int size() {
        return size;
    }

    /**
     * Returns a vCPU's number.
     *
     * @param row which row
     * @return the number
     */
    public int number(int row) {
        return bytes().getInt(row * SIZE + NUMBER);
    }

    /**
     * Returns a vCPU's state.
     *
     * @param row which row
     * @return a {@code virVcpuState}
     */
    public int state(int row) {
        return bytes().getInt(row * SIZE + STATE);
    }

    /**
     * Returns the time that a vCPU has run.
     *
     * @param row which row
     * @return nanoseconds, unsigned
     */
    public long timeNanos(int row) {
        return bytes().getLong(row * SIZE + TIME);
    }

    /**
     * Returns the host CPU that a vCPU is on.
     *
     * @param row which row
     * @return the CPU id; below 0 if the vCPU is offline or libvirt does not know
     */
    public int cpu(int row) {
        return bytes().getInt(row * SIZE + CPU);
    }

    private ByteBuffer bytes() {
        return memory.bytes();
    }
}
