package dev.vireo.it;

import java.util.concurrent.atomic.AtomicInteger;

/** Names that no other run of the tests has, at the same time or left over. */
final class UniqueNames {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private UniqueNames() {}

    static String next() {
        return "vireo-it-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    }

    /** An id as libvirt gives it, far above those of a libvirt that may run here, and above all pids. */
    static int nextLibvirtId() {
        return 500_000_000 + (int) (ProcessHandle.current().pid() % 400_000) * 1_000 + COUNT.incrementAndGet() % 1_000;
    }
}
