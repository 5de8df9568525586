package dev.vireo.driver.qemu.cgroup.linux;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that the kernel writes to and this process reads: {@code mmap(2)} of an array map. Not thread-safe against its own
 * end: who reads after {@link #close} ends the process, so its owner closes it last of all.
 */
public final class SharedMemory implements AutoCloseable {
    private final long address;
    private final long length;
    private final ByteBuffer bytes;
    private boolean closed;

    private SharedMemory(long address, long length) {
        this.address = address;
        this.length = length;
        this.bytes = new Pointer(address).getByteBuffer(0, length).order(ByteOrder.nativeOrder());
    }

    /**
     * Maps the memory of a descriptor.
     *
     * @param descriptor whose memory
     * @param length how many bytes
     * @return the memory
     * @throws IOException if it may not be mapped
     */
    public static SharedMemory of(Descriptor descriptor, long length) throws IOException {
        return new SharedMemory(Libc.map(descriptor.number(), length), length);
    }

    /**
     * Returns the number at a place.
     *
     * @param offset bytes from the start, a multiple of 8
     * @return eight bytes as they are now
     */
    public long getLong(int offset) {
        return bytes.getLong(offset);
    }

    /**
     * Changes the number at a place.
     *
     * @param offset bytes from the start, a multiple of 8
     * @param value eight bytes
     */
    public void putLong(int offset, long value) {
        bytes.putLong(offset, value);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.unmap(address, length);
        }
    }
}
