package dev.vireo.driver.qemu.cgroup.finding;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a guest is.
 *
 * @param name its name
 * @param uuid its uuid
 * @param libvirtId libvirt's id, where its status file tells it
 * @param statusFile the system's libvirt's status file, null if there is none
 * @param source where this comes from
 * @param daemonizes whether the process that was started stays until another, the guest, is up
 */
record Identity(
        String name,
        UUID uuid,
        OptionalInt libvirtId,
        @Nullable Path statusFile,
        Source source,
        boolean daemonizes) {
    /** Where an identity comes from. */
    enum Source {
        /** libvirt's status file. */
        STATUS_FILE,
        /** The command line. */
        COMMAND_LINE,
        /** The pid alone, while the guest has not answered. */
        PID
    }

    boolean isFinal() {
        return source != Source.PID;
    }

    boolean isSameGuestAs(Identity other) {
        return name.equals(other.name) && uuid.equals(other.uuid);
    }
}
