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
 * @param statusFile libvirt's status file, null if there is none
 * @param isFinal false while the guest has not answered who it is
 */
record Identity(
        String name,
        UUID uuid,
        OptionalInt libvirtId,
        @Nullable Path statusFile,
        boolean isFinal) {
    String shownAs(int id) {
        return "'" + name + "' (id " + id + ", uuid " + uuid + ")";
    }
}
