package dev.vireo.driver.libvirt;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Memory that libvirt fills, kept by each thread for its next call. What is not given back is never used again: a call
 * that was left behind goes on writing to it.
 *
 * @param <M> the memory
 */
final class ThreadsOwn<M> extends ThreadLocal<@Nullable M> {
    private final Supplier<M> allocate;

    ThreadsOwn(Supplier<M> allocate) {
        this.allocate = allocate;
    }

    M take() {
        M memory = get();
        if (memory == null) {
            return allocate.get();
        }
        set(null);
        return memory;
    }

    void giveBack(M memory) {
        set(memory);
    }
}
