package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that libvirt writes to. It grows and is freed when nobody holds this any more. Not thread-safe. */
final class Scratch {
    private ByteBuffer bytes;
    private long address;

    Scratch(int size) {
        bytes = allocate(size);
        address = addressOf(bytes);
    }

    /** Returns the memory, in this machine's byte order. */
    ByteBuffer bytes() {
        return bytes;
    }

    long address() {
        return address;
    }

    /** Makes room; what was in the memory is lost when it grows. */
    void ensure(int size) {
        if (bytes.capacity() < size) {
            bytes = allocate(Math.max(size, 2 * bytes.capacity()));
            address = addressOf(bytes);
        }
    }

    private static ByteBuffer allocate(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    private static long addressOf(ByteBuffer bytes) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(bytes));
    }
}
