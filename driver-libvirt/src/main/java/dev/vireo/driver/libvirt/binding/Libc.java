package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import org.jspecify.annotations.NullUnmarked;

/** The few calls of libc that concern a connection's socket. */
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

    static native int getpeername(int descriptor, long address, long length);

    private static native int fcntl(int descriptor, int command, int argument);

    private static native int shutdown(int descriptor, int how);
}
