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
     * @param guest whose they are
     * @param now when this is
     * @return the open counters
     * @throws IOException if a file is missing or unreadable
     */
    default CpuCounters open(OpenedGuest guest, long now) throws IOException {
        if (this instanceof V1 v1) {
            return new V1Counters(v1, guest.budget(), guest.generation(), now);
        }
        if (this instanceof V2 v2) {
            return new V2Counters(v2, guest);
        }
        return new ProcessCounters(guest.process(), (SharedGroup) this, guest.budget(), guest.generation());
    }
}
