package dev.vireo.driver.qemu.cgroup.linux;

import java.io.IOException;
import java.util.Map;

/** Says which system call failed, and with which errno. */
public final class SystemCallException extends IOException {
    /** Operation not permitted. */
    public static final int EPERM = 1;
    /** There is no such entry. */
    public static final int ENOENT = 2;
    /** A signal came meanwhile. */
    public static final int EINTR = 4;
    /** More than there is room for. */
    public static final int E2BIG = 7;
    /** Not now. */
    public static final int EAGAIN = 11;
    /** No memory. */
    public static final int ENOMEM = 12;
    /** Permission denied; also what the kernel says of a program that it cannot prove harmless. */
    public static final int EACCES = 13;
    /** There is one already. */
    public static final int EEXIST = 17;
    /** There is no such device, or no such CPU now. */
    public static final int ENODEV = 19;
    /** An argument that this kernel does not know. */
    public static final int EINVAL = 22;
    /** No more descriptors in the whole system. */
    public static final int ENFILE = 23;
    /** No more descriptors in this process. */
    public static final int EMFILE = 24;
    /** The kernel was built without it. */
    public static final int ENOSYS = 38;

    private static final long serialVersionUID = 1;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(EPERM, "EPERM"),
            Map.entry(ENOENT, "ENOENT"),
            Map.entry(3, "ESRCH"),
            Map.entry(EINTR, "EINTR"),
            Map.entry(E2BIG, "E2BIG"),
            Map.entry(9, "EBADF"),
            Map.entry(EAGAIN, "EAGAIN"),
            Map.entry(ENOMEM, "ENOMEM"),
            Map.entry(EACCES, "EACCES"),
            Map.entry(14, "EFAULT"),
            Map.entry(16, "EBUSY"),
            Map.entry(EEXIST, "EEXIST"),
            Map.entry(ENODEV, "ENODEV"),
            Map.entry(EINVAL, "EINVAL"),
            Map.entry(ENFILE, "ENFILE"),
            Map.entry(EMFILE, "EMFILE"),
            Map.entry(28, "ENOSPC"),
            Map.entry(30, "EROFS"),
            Map.entry(ENOSYS, "ENOSYS"),
            Map.entry(95, "EOPNOTSUPP"),
            Map.entry(524, "ENOTSUPP"));

    private final int errno;

    /**
     * Makes one.
     *
     * @param call what was called
     * @param errno what it answered
     */
    public SystemCallException(String call, int errno) {
        super(call + " failed with " + NAMES.getOrDefault(errno, "errno " + errno));
        this.errno = errno;
    }

    /**
     * Tells whether the same call may succeed later, since the answer is about this moment and not about this host.
     *
     * @return whether it is worth while to try again
     */
    public boolean isPassing() {
        return errno == EAGAIN || errno == EINTR || errno == ENOMEM || errno == EMFILE || errno == ENFILE;
    }

    /**
     * Returns what the call answered.
     *
     * @return the errno
     */
    public int errno() {
        return errno;
    }
}
