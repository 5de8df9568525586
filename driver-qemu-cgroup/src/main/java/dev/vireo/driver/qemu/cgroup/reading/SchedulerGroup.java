package dev.vireo.driver.qemu.cgroup.reading;

import java.nio.file.Path;

/**
 * The control group in which the cpu controller weighs and limits a guest.
 *
 * @param directory the guest's group
 * @param isV2 whether it is of cgroup v2
 */
public record SchedulerGroup(Path directory, boolean isV2) {
    /**
     * Returns the group whose weight is the guest's: systemd's scope, where libvirt made its own group below that.
     */
    Path weighed() {
        Path parent = directory.getParent();
        return directory.endsWith("libvirt")
                        && parent != null
                        && parent.toString().endsWith(".scope")
                ? parent
                : directory;
    }
}
