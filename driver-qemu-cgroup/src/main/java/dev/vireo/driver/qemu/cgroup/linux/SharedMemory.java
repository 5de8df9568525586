package dev.vireo.driver.qemu.cgroup.linux;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Memory that the kernel writes to and this process reads: {@code mmap(2)} of an array map. Not thread-safe against its own
 * end: who reads while another thread closes it may end the process, so its owner closes it last of all.
 */
public final class SharedMemory implements AutoCloseable {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final long address;
    private final long length;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);
    private volatile @Nullable ByteBuffer bytes;

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
     * Returns the number at a place. What is read after it is not older.
     *
     * @param offset bytes from the start, a multiple of 8
     * @return eight bytes as they are now
     * @throws IllegalStateException if it has been closed
     */
    public long getLong(int offset) {
        return (long) LONGS.getAcquire(open(), offset);
    }

    /**
     * Changes the number at a place.
     *
     * @param offset bytes from the start, a multiple of 8
     * @param value eight bytes
     * @throws IllegalStateException if it has been closed
     */
    public void putLong(int offset, long value) {
        LONGS.setRelease(open(), offset, value);
    }

    private ByteBuffer open() {
        ByteBuffer open = bytes;
        if (open == null) {
            throw new IllegalStateException("the memory has been closed");
        }
        return open;
    }

    @Override
    public void close() {
        if (isOpen.getAndSet(false)) {
            bytes = null;
            Libc.unmap(address, length);
        }
    }
}
