package dev.vireo.driver.libvirt.binding;

import java.util.concurrent.locks.LockSupport;
import org.libvirt.jna.Libvirt;

/**
 * libvirt's event loop: it delivers domain events and keepalive answers, and notices connections that broke. One daemon
 * thread a process; libvirt wants the loop to be registered before the first connection opens.
 */
final class EventLoop {
    private static final long PAUSE_AFTER_FAILURE_NANOS = 100_000_000;

    private EventLoop() {}

    static void start() {
        Libvirt libvirt = LibvirtLibrary.java();
        // where the program has registered a loop of its own, libvirt keeps that one
        libvirt.virEventRegisterDefaultImpl();
        Thread thread = new Thread(() -> run(libvirt), "vireo-libvirt-events");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(Libvirt libvirt) {
        while (true) {
            if (libvirt.virEventRunDefaultImpl() < 0) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            }
        }
    }
}
