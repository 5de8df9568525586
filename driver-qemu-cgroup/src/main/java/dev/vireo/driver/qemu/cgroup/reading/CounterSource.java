package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.file.Path;

/** Says what a guest's CPU time is to be read from. */
public sealed interface CounterSource {
    /**
     * A cgroup v1 {@code cpuacct} group that is the guest's own.
     *
     * @param group its directory
     * @param companions what its manager puts into it beside the guest, empty if nothing is known
     */
    record V1(Path group, String companions) implements CounterSource {}

    /**
     * A cgroup v2 group that is the guest's own.
     *
     * @param group its directory
     * @param companions what its manager puts into it beside the guest, empty if nothing is known
     */
    record V2(Path group, String companions) implements CounterSource {}

    /**
     * The QEMU process, where the guest has no group of its own.
     *
     * @param reason why its groups are not its own
     * @param host what processes tell on this host
     */
    record SharedGroup(String reason, ProcessAccounting host) implements CounterSource {}

    /**
     * Opens the counters.
     *
     * @param process the guest's process
     * @param budget says which files may stay open
     * @param generation makes origins, and counts when counting starts again
     * @param now when this is
     * @return the open counters
     * @throws IOException if a file is missing or unreadable
     */
    default CpuCounters open(GuestProcess process, OpenFileBudget budget, Generation generation, long now)
            throws IOException {
        if (this instanceof V1 v1) {
            return new V1Counters(v1, budget, generation, now);
        }
        if (this instanceof V2 v2) {
            return new V2Counters(v2, budget, generation);
        }
        return new ProcessCounters(process, (SharedGroup) this, budget, generation);
    }
}
