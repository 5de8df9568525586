package dev.vireo.driver.qemu.cgroup.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.lang.ref.Reference;
import org.jspecify.annotations.NullUnmarked;

/**
 * libc by direct mapping: fixed signatures and raw addresses, since a mapped variable argument list costs microseconds.
 * Loaded by the first use of this class, which is never before a connection opens.
 */
@NullUnmarked
final class Libc {
    static final int ESRCH = 3;

    private static final int AT_FDCWD = -100;
    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int SEEK_SET = 0;
    private static final int RLIMIT_NOFILE = 7;
    private static final int RLIMIT_MEMLOCK = 8;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    private static final int LOCK_EX_NB = 2 | 4;

    static {
        Native.register(Libc.class, NativeLibrary.getInstance("c"));
    }

    private Libc() {}

    /** Opens a directory for reading. */
    static int openDirectory(NativeBuffer path) throws IOException {
        try {
            return checked("open", open(path.address(), O_RDONLY_CLOEXEC));
        } finally {
            // nobody else may hold the memory that the address is of
            Reference.reachabilityFence(path);
        }
    }

    /** Goes back to a directory's first entry. */
    static void rewind(int directory) throws IOException {
        checked("lseek", (int) lseek(directory, 0, SEEK_SET));
    }

    /** Fills in the next entries of a directory; returns how many bytes, 0 at the end. */
    static int nextEntries(int directory, NativeBuffer into) throws IOException {
        return checked("getdents64", (int) syscall(
                SystemCallNumbers.HERE.getdents64(),
                directory,
                into.address(),
                into.bytes().capacity()));
    }

    /** Returns the length of a symbolic link's text, or an errno below 0. */
    static int readLink(int directory, NativeBuffer path, NativeBuffer into) {
        int length = (int) readlinkat(
                directory, path.address(), into.address(), into.bytes().capacity());
        return length < 0 ? -Native.getLastError() : length;
    }

    /** Fills in a struct statx; returns 0, or an errno below 0. */
    static int stat(NativeBuffer path, int mask, NativeBuffer into) {
        return statx(AT_FDCWD, path.address(), 0, mask, into.address()) < 0 ? -Native.getLastError() : 0;
    }

    /** Fills in the clock id of a process; returns 0 or an errno. */
    static int cpuClockOf(int pid, NativeBuffer into) {
        return clock_getcpuclockid(pid, into.address());
    }

    /** Fills in a struct timespec; returns 0, or an errno below 0. */
    static int time(int clock, NativeBuffer into) {
        return clock_gettime(clock, into.address()) < 0 ? -Native.getLastError() : 0;
    }

    /** Fills in a struct rlimit of two 64-bit numbers, the soft limit first. */
    static void openFileLimit(NativeBuffer into) throws IOException {
        checked("getrlimit", getrlimit(RLIMIT_NOFILE, into.address()));
    }

    /** Calls bpf(2) with attributes that point to other memory; returns its answer, or an errno below 0. */
    static int bpf(int command, NativeBuffer attributes, NativeBuffer pointedTo) {
        try {
            long answer = syscall(
                    SystemCallNumbers.HERE.bpf(),
                    command,
                    attributes.address(),
                    attributes.bytes().capacity());
            return answer < 0 ? -Native.getLastError() : (int) answer;
        } finally {
            // nobody else may hold the memory that the addresses are of
            Reference.reachabilityFence(attributes);
            Reference.reachabilityFence(pointedTo);
        }
    }

    /** Calls perf_event_open(2) for a group of no other events; returns a descriptor, or an errno below 0. */
    static int openPerfEvent(NativeBuffer attributes, int cgroup, int cpu, long flags) {
        try {
            long answer = syscall(SystemCallNumbers.HERE.perfEventOpen(), attributes.address(), cgroup, cpu, -1, flags);
            return answer < 0 ? -Native.getLastError() : (int) answer;
        } finally {
            Reference.reachabilityFence(attributes);
        }
    }

    /** Reads from a descriptor; returns how many bytes, or an errno below 0. */
    static int read(int descriptor, NativeBuffer into) {
        try {
            long length = read(descriptor, into.address(), into.bytes().capacity());
            return length < 0 ? -Native.getLastError() : (int) length;
        } finally {
            Reference.reachabilityFence(into);
        }
    }

    /** Maps a descriptor's memory, to be read and written; returns where it is. */
    static long map(int descriptor, long length) throws SystemCallException {
        long address = mmap(0, length, PROT_READ_WRITE, MAP_SHARED, descriptor, 0);
        if (address == -1) {
            throw new SystemCallException("mmap", Native.getLastError());
        }
        return address;
    }

    static void unmap(long address, long length) {
        munmap(address, length);
    }

    /** Takes the lock that goes with a descriptor, unless somebody else holds it. */
    static void lock(int descriptor) throws SystemCallException {
        if (flock(descriptor, LOCK_EX_NB) < 0) {
            throw new SystemCallException("flock", Native.getLastError());
        }
    }

    /** Takes the bounds off the memory that this process may lock; returns whether it may. */
    static boolean unlimitLockedMemory() {
        NativeBuffer unlimited = NativeBuffer.allocate(16);
        unlimited.bytes().putLong(0, -1).putLong(8, -1);
        try {
            return setrlimit(RLIMIT_MEMLOCK, unlimited.address()) == 0;
        } finally {
            Reference.reachabilityFence(unlimited);
        }
    }

    private static int checked(String function, int result) throws SystemCallException {
        if (result < 0) {
            throw new SystemCallException(function, Native.getLastError());
        }
        return result;
    }

    private static native int open(long path, int flags);

    static native int close(int descriptor);

    private static native long lseek(int descriptor, long offset, int whence);

    private static native long syscall(long number, long first, long second, long third);

    private static native long syscall(long number, long first, long second, long third, long fourth, long fifth);

    private static native long mmap(long address, long length, int protection, int flags, int file, long offset);

    private static native int munmap(long address, long length);

    private static native long read(int descriptor, long buffer, long size);

    private static native int flock(int descriptor, int operation);

    private static native int setrlimit(int resource, long limit);

    private static native long readlinkat(int directory, long path, long buffer, long size);

    private static native int statx(int directory, long path, int flags, int mask, long buffer);

    private static native int clock_getcpuclockid(int pid, long clock);

    private static native int clock_gettime(int clock, long time);

    private static native int getrlimit(int resource, long limit);
}
