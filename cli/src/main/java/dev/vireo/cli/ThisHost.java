package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.HypervisorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a connection's host is the one that the command runs on. */
final class ThisHost {
    private ThisHost() {}

    /** Asks the hypervisor for its name, and the kernel for ours; domains of DNS are left out, as not both tell theirs. */
    static boolean isHostOf(Connection connection) {
        try {
            String ours = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return label(connection.getHostname()).equals(label(ours));
        } catch (HypervisorException | IOException unknown) {
            return false;
        }
    }

    private static String label(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
