package dev.vireo.driver.libvirt;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.util.function.Supplier;

/**
 * Memory that libvirt fills, one for each thread that calls; nothing else runs between filling and copying.
 *
 * @param <M> the memory
 */
final class ThreadsOwn<M> {
    private final ThreadLocal<M> memory;

    ThreadsOwn(Supplier<M> allocate) {
        memory = ThreadLocal.withInitial(allocate);
    }

    M get() {
        return memory.get();
    }

    /** Takes note of an error: a call that was left behind goes on writing, to memory that nobody may use again. */
    void failed(HypervisorException error) {
        if (error.code() == ErrorCode.OPERATION_TIMEOUT) {
            memory.remove();
        }
    }
}
