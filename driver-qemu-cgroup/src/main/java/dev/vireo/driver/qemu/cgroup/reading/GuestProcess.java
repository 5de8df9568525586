package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The process of one run of a guest. The pid alone does not identify it, since pids are used again.
 *
 * @param directory its directory below {@code /proc}
 * @param startTime when it started, in ticks since boot
 */
public record GuestProcess(Path directory, long startTime) {
    /** Tells, without keeping a file open, whether it may still run; that it does not is certain. */
    boolean mayRun() {
        try {
            ProcessStat stat = ProcessStat.read(directory);
            return stat.startTime() == startTime && !stat.hasEnded();
        } catch (IOException ended) {
            return false;
        }
    }
}
