package dev.vireo.driver.qemu.cgroup.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/**
 * Memory that a system call can write to, freed when nobody holds this any more.
 *
 * @param bytes the memory, in this machine's byte order
 * @param address where it is
 */
record NativeBuffer(ByteBuffer bytes, long address) {
    static NativeBuffer allocate(int size) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        return new NativeBuffer(bytes, Pointer.nativeValue(Native.getDirectBufferPointer(bytes)));
    }

    /** Returns a part of this memory, which is freed when nobody holds any part of it. */
    NativeBuffer part(int offset, int size) {
        return new NativeBuffer(bytes.slice(offset, size).order(bytes.order()), address + offset);
    }

    /** Returns a path as system calls take it, in the encoding that Java's own file functions use. */
    static NativeBuffer path(String path) {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        byte[] text = path.getBytes(Charset.forName(encoding));
        NativeBuffer buffer = allocate(text.length + 1);
        buffer.bytes().put(0, text).put(text.length, (byte) 0);
        return buffer;
    }
}
