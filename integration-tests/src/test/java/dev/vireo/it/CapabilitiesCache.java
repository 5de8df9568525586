package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What a libvirtd learned of this host's QEMU, kept for the next one: only the first of a test run takes seconds to ask
 * it. It goes with the JVM.
 */
final class CapabilitiesCache {
    private static TemporaryDirectory directory;

    private CapabilitiesCache() {}

    static synchronized Path directory() throws IOException {
        if (directory == null) {
            directory = TemporaryDirectory.create("vireo-it-cache-");
            Runtime.getRuntime().addShutdownHook(new Thread(CapabilitiesCache::remove, "remove libvirt's cache"));
        }
        return directory.path();
    }

    private static void remove() {
        try {
            directory.close();
        } catch (IOException failed) {
            System.err.println("could not remove libvirt's cache: " + failed);
        }
    }
}
