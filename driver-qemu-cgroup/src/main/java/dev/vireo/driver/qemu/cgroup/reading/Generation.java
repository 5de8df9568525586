package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;

/** Counts how often a guest's counters began again. Guarded by its owner's lock. */
final class Generation {
    private long number;
    private boolean moved;

    /** What is summed up has changed. */
    void next() {
        number++;
    }

    /** The guest is in another control group, whose counters began when it came. */
    void nextBecauseMoved() {
        number++;
        moved = true;
    }

    /** Starts the origin of a source; in its first group a guest counts since its start, as far as anybody can tell. */
    CpuStatsOrigin.Builder origin(String source) {
        CpuStatsOrigin.Since since = moved ? CpuStatsOrigin.Since.GROUP_ENTERED : CpuStatsOrigin.Since.DOMAIN_START;
        return CpuStatsOrigin.from(source).generation(number).since(since, null);
    }
}
