package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process of one run of a guest. The pid alone does not identify it, since pids are used again.
 *
 * @param directory its directory below {@code /proc}
 * @param pid its number
 * @param startTime when it started, in ticks since boot
 */
public record GuestProcess(Path directory, int pid, long startTime) {
    /**
     * Tells whether it has certainly ended: what cannot be found out, for want of descriptors or permission, does not count.
     *
     * @return whether this run is over
     */
    public boolean hasEnded() {
        try {
            ProcessStat stat = ProcessStat.read(directory);
            return stat.startTime() != startTime || stat.hasEnded();
        } catch (IOException unreadable) {
            return Files.notExists(directory);
        }
    }
}
