package dev.vireo.driver.qemu.cgroup.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Tells cheaply whether a file or the entries of a directory may have changed: by inode, size, time of change and number of
 * links, which for {@code /proc/PID/task} grows and shrinks with the threads. Not thread-safe.
 */
public final class Stamp {
    private static final int STATX_BASIC_STATS = 0x7ff;
    // struct statx, the same on all processors
    private static final int LINKS = 16;
    private static final int INODE = 32;
    private static final int SIZE = 40;
    private static final int MODIFIED_SECONDS = 112;
    private static final int MODIFIED_NANOS = 120;
    private static final int STATX_SIZE = 256;

    private final NativeBuffer path;
    private final NativeBuffer status = NativeBuffer.allocate(STATX_SIZE);
    private long inode = -1;
    private long size;
    private long seconds;
    private int nanos;
    private int links;

    /**
     * Makes a stamp that has seen nothing yet.
     *
     * @param path a file or directory, which need not be there
     */
    public Stamp(Path path) {
        this.path = NativeBuffer.path(path.toString());
    }

    /**
     * Looks, and remembers what it saw.
     *
     * @return whether that differs from the last time; true the first time
     */
    public boolean hasChanged() {
        ByteBuffer now = status.bytes();
        boolean there = Libc.stat(path, STATX_BASIC_STATS, status) == 0;
        long inodeNow = there ? now.getLong(INODE) : 0;
        boolean same = inodeNow == inode
                && (!there
                        || (now.getLong(SIZE) == size
                                && now.getLong(MODIFIED_SECONDS) == seconds
                                && now.getInt(MODIFIED_NANOS) == nanos
                                && now.getInt(LINKS) == links));
        inode = inodeNow;
        size = now.getLong(SIZE);
        seconds = now.getLong(MODIFIED_SECONDS);
        nanos = now.getInt(MODIFIED_NANOS);
        links = now.getInt(LINKS);
        return !same;
    }
}
