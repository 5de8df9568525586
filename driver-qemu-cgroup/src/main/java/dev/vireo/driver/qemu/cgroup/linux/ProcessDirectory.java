package dev.vireo.driver.qemu.cgroup.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A kept-open {@code /proc}: which processes there are, by pid and inode, without garbage. While a process has the same
 * inode it is the same process: the kernel makes a new one for each. Not thread-safe.
 */
public final class ProcessDirectory implements AutoCloseable {
    // struct linux_dirent64
    private static final int INODE = 0;
    private static final int RECORD_LENGTH = 16;
    private static final int NAME = 19;
    // PID_MAX_LIMIT
    private static final int LARGEST_PID = 1 << 22;
    // a pid has up to seven digits, then "/exe" and a NUL
    private static final int LONGEST_LINK_NAME = 16;
    private static final int LONGEST_PATH = 4096;
    private static final byte[] PROGRAM = "/exe\0".getBytes(StandardCharsets.US_ASCII);

    private final int descriptor;
    private final NativeBuffer entries = NativeBuffer.allocate(1 << 15);
    private final NativeBuffer linkName = NativeBuffer.allocate(LONGEST_LINK_NAME);
    private final NativeBuffer link = NativeBuffer.allocate(LONGEST_PATH);
    private int[] pids = new int[256];
    private long[] inodes = new long[256];
    private int size;

    /**
     * Opens the directory.
     *
     * @param procfs the directory that stands for {@code /proc}
     * @throws IOException if it cannot be opened
     */
    public ProcessDirectory(Path procfs) throws IOException {
        try {
            descriptor = Libc.openDirectory(NativeBuffer.path(procfs.toString()));
        } catch (IOException failed) {
            throw new IOException(procfs + ": " + failed.getMessage(), failed);
        }
    }

    /**
     * Lists the processes there are now.
     *
     * @throws IOException if the directory cannot be read
     */
    public void list() throws IOException {
        size = 0;
        Libc.rewind(descriptor);
        int length = Libc.nextEntries(descriptor, entries);
        while (length > 0) {
            for (int at = 0; at < length; at += entries.bytes().getShort(at + RECORD_LENGTH) & 0xffff) {
                int pid = number(at + NAME);
                if (pid > 0) {
                    add(pid, entries.bytes().getLong(at + INODE));
                }
            }
            length = Libc.nextEntries(descriptor, entries);
        }
    }

    /**
     * Returns how many processes the last list has.
     *
     * @return the number
     */
    public int size() {
        return size;
    }

    /**
     * Returns a process of the last list.
     *
     * @param index from 0, in ascending order of pids
     * @return its pid
     */
    public int pid(int index) {
        return pids[index];
    }

    /**
     * Returns the inode of a process of the last list.
     *
     * @param index from 0, in ascending order of pids
     * @return its inode
     */
    public long inode(int index) {
        return inodes[index];
    }

    /**
     * Tells whether a process is in the last list.
     *
     * @param pid the process
     * @return whether it is
     */
    public boolean contains(int pid) {
        return Arrays.binarySearch(pids, 0, size, pid) >= 0;
    }

    /**
     * Reads which program a process runs.
     *
     * @param pid the process
     * @return the program's path, whose bytes hold until the next call; null if the kernel does not say
     */
    public @Nullable ByteBuffer program(int pid) {
        ByteBuffer name = linkName.bytes();
        int digits = putNumber(pid, name);
        name.put(digits, PROGRAM);
        int length = Libc.readLink(descriptor, linkName, link);
        return length < 0 ? null : link.bytes().position(0).limit(length);
    }

    /** Returns the number that an entry's name is, 0 if it is none. */
    private int number(int nameAt) {
        int number = 0;
        for (int at = nameAt; entries.bytes().get(at) != 0; at++) {
            int digit = entries.bytes().get(at) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
            if (number > LARGEST_PID) {
                return 0;
            }
        }
        return number;
    }

    private static int putNumber(int number, ByteBuffer into) {
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        int rest = number;
        for (int at = digits - 1; at >= 0; at--) {
            into.put(at, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        return digits;
    }

    /** The kernel lists pids in ascending order; a directory that only stands for /proc may not. */
    private void add(int pid, long inode) {
        if (size == pids.length) {
            pids = Arrays.copyOf(pids, size * 2);
            inodes = Arrays.copyOf(inodes, size * 2);
        }
        int at = size++;
        for (; at > 0 && pids[at - 1] > pid; at--) {
            pids[at] = pids[at - 1];
            inodes[at] = inodes[at - 1];
        }
        pids[at] = pid;
        inodes[at] = inode;
    }

    @Override
    public void close() {
        Libc.close(descriptor);
    }
}
