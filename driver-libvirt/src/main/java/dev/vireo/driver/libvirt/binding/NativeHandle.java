package dev.vireo.driver.libvirt.binding;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.util.concurrent.atomic.AtomicLong;

/** An address that libvirt gave and that is given back once. Thread-safe. */
final class NativeHandle {
    private final String what;
    private final AtomicLong address;

    NativeHandle(String what, long address) {
        this.what = what;
        this.address = new AtomicLong(address);
    }

    /** Returns the address, or refuses when it was given back. */
    long address() {
        long open = address.get();
        if (open == 0) {
            throw HypervisorException.of(
                    ErrorCode.INVALID_CONN, LastError.ORIGIN, "a call about " + what + ", which is closed");
        }
        return open;
    }

    /** Returns the address to whoever gives it back, 0 to all later callers. */
    long release() {
        return address.getAndSet(0);
    }
}
