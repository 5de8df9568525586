package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.file.Path;

/** Says what a guest's CPU time is to be read from. */
public sealed interface CounterSource {
    /**
     * A cgroup v1 {@code cpuacct} group that is the guest's own.
     *
     * @param group its directory
     */
    record V1(Path group) implements CounterSource {}

    /**
     * A cgroup v2 group that is the guest's own.
     *
     * @param group its directory
     */
    record V2(Path group) implements CounterSource {}

    /**
     * The QEMU process, where the guest has no group of its own.
     *
     * @param reason why its groups are not its own
     */
    record SharedGroup(String reason) implements CounterSource {}

    /**
     * Opens the counters.
     *
     * @param process the guest's directory below {@code /proc}
     * @param generation makes origins, and counts when counting starts again
     * @return the open counters
     * @throws IOException if a file is missing or unreadable
     */
    default CpuCounters open(Path process, Generation generation) throws IOException {
        if (this instanceof V1 v1) {
            return new V1Counters(v1.group(), generation);
        }
        if (this instanceof V2 v2) {
            return new V2Counters(v2.group(), generation);
        }
        return new ProcessCounters(process, ((SharedGroup) this).reason(), generation);
    }
}
