package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import org.jspecify.annotations.NullUnmarked;

/** The few calls of libc that sockets and the event loop need. */
@NullUnmarked
final class Libc {
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int SHUT_RDWR = 2;

    static {
        Native.register(Libc.class, NativeLibrary.getInstance("c"));
    }

    private Libc() {}

    /** Returns another descriptor of the same file, below 0 if there is none to be had. */
    static int duplicate(int descriptor) {
        return fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    }

    static void shutDown(int descriptor) {
        shutdown(descriptor, SHUT_RDWR);
    }

    static native int close(int descriptor);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int descriptor, long event);

    static native int epoll_wait(int epoll, long events, int most, int timeoutMillis);

    static native int eventfd(int value, int flags);

    static native long read(int descriptor, long buffer, long size);

    static native long write(int descriptor, long buffer, long size);

    private static native int fcntl(int descriptor, int command, int argument);

    private static native int shutdown(int descriptor, int how);
}
