package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.SharedMemory;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.EventMaps;

/**
 * The memory that the counting programs write to. Each guest has two rows, one after the other: of the whole, and of its
 * vCPUs. Of the whole's row the place behind the CPUs tells that the process has ended, and the next one since when the row
 * is in use, 0 if it is not. Of the vCPUs' row the place behind the CPUs tells which process it is, 0 if that is not known.
 */
final class EventMemory {
    /** How many guests there is room for. */
    static final int GUESTS = 4096;
    /** How many rows these have. */
    static final int ROWS = 2 * GUESTS;
    /** The size of the settings in bytes. */
    static final int SETTINGS_SIZE = 64;

    private static final int ATTACHED_AT = 8;
    private static final int STOPPED = 16;
    private static final int LAST_BEGUN = 24;

    private final SharedMemory times;
    private final SharedMemory settings;
    private final int cpus;
    private final int rowSize;

    EventMemory(SharedMemory times, SharedMemory settings, int cpus) {
        this.times = times;
        this.settings = settings;
        this.cpus = cpus;
        this.rowSize = rowLength(cpus) * Long.BYTES;
    }

    static int rowLength(int cpus) {
        return new EventMaps(0, 0, 0, 0, 0, cpus).rowLength();
    }

    long nanos(int row, int cpu) {
        return times.getLong(row * rowSize + cpu * Long.BYTES);
    }

    boolean hasEnded(int guest) {
        return times.getLong(2 * guest * rowSize + cpus * Long.BYTES) != 0;
    }

    /** Notes what the programs have not seen: that the guest's process has ended, or that it is elsewhere now. */
    void noteEnd(int guest) {
        times.putLong(2 * guest * rowSize + cpus * Long.BYTES, 1);
    }

    /** Returns the process of a guest, 0 if that is not known. */
    int process(int guest) {
        return (int) times.getLong((2 * guest + 1) * rowSize + cpus * Long.BYTES);
    }

    /** Returns since when a guest's rows are in use, in milliseconds since 1970; 0 if they are not. */
    long since(int guest) {
        return times.getLong(2 * guest * rowSize + (cpus + 1) * Long.BYTES);
    }

    /**
     * Takes a guest's rows into use, from 0 on. No rows say twice that they are in use since the same time, so that whoever
     * remembers it knows them from those of another guest.
     */
    void begin(int guest, int process, long now) {
        long since = Math.max(now, settings.getLong(LAST_BEGUN) + 1);
        settings.putLong(LAST_BEGUN, since);
        for (int place = 0; place < 2 * rowSize; place += Long.BYTES) {
            times.putLong(2 * guest * rowSize + place, 0);
        }
        times.putLong((2 * guest + 1) * rowSize + cpus * Long.BYTES, process);
        times.putLong(2 * guest * rowSize + (cpus + 1) * Long.BYTES, since);
    }

    void end(int guest) {
        times.putLong(2 * guest * rowSize + (cpus + 1) * Long.BYTES, 0);
    }

    long attachedAt() {
        return settings.getLong(ATTACHED_AT);
    }

    void setAttachedAt(long now) {
        settings.putLong(ATTACHED_AT, now);
    }

    /** Tells whether nothing is counted here any more, though the memory is still there for us. */
    boolean isStopped() {
        return settings.getLong(STOPPED) != 0;
    }

    void stop() {
        settings.putLong(STOPPED, 1);
    }

    /** Has control groups looked at that lie at these levels. */
    void addLevels(long bits) {
        settings.putLong(EventMaps.LEVELS, settings.getLong(EventMaps.LEVELS) | bits);
    }
}
