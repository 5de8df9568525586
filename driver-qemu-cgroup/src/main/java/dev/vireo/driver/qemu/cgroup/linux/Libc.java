package dev.vireo.driver.qemu.cgroup.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.Map;
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

    /** The number of getdents64, which libc has a name for only since glibc 2.30; here by the JDK's names of processors. */
    private static final Map<String, Integer> GETDENTS64 = Map.of(
            "amd64", 217, "x86_64", 217, "aarch64", 61, "riscv64", 61, "loongarch64", 61, "ppc64le", 202, "s390x", 220);

    private static final long GETDENTS64_HERE = getdents64Number();

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
        return checked("getdents64", (int)
                syscall(GETDENTS64_HERE, directory, into.address(), into.bytes().capacity()));
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

    private static int checked(String function, int result) throws IOException {
        if (result < 0) {
            throw new IOException(function + " failed with errno " + Native.getLastError());
        }
        return result;
    }

    private static long getdents64Number() {
        Integer number = GETDENTS64.get(System.getProperty("os.arch"));
        if (number == null) {
            throw new UnsatisfiedLinkError("directories cannot be listed on " + System.getProperty("os.arch"));
        }
        return number;
    }

    private static native int open(long path, int flags);

    static native int close(int descriptor);

    private static native long lseek(int descriptor, long offset, int whence);

    private static native long syscall(long number, long first, long second, long third);

    private static native long readlinkat(int directory, long path, long buffer, long size);

    private static native int statx(int directory, long path, int flags, int mask, long buffer);

    private static native int clock_getcpuclockid(int pid, long clock);

    private static native int clock_gettime(int clock, long time);

    private static native int getrlimit(int resource, long limit);
}
