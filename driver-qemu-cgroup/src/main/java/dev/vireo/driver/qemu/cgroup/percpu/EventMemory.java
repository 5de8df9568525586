package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.SharedMemory;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.EventMaps;

/**
 * The memory that the counting programs write to. Each guest has two rows, one after the other: of the whole, and of its
 * vCPUs. Of the whole's row the place behind the CPUs tells that the process has ended, and the next one since when the row
 * is in use, 0 if it is not.
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

    /** Returns since when a guest's rows are in use, in milliseconds since 1970; 0 if they are not. */
    long since(int guest) {
        return times.getLong(2 * guest * rowSize + (cpus + 1) * Long.BYTES);
    }

    /** Takes a guest's rows into use, from 0 on. */
    void begin(int guest, long now) {
        for (int place = 0; place < 2 * rowSize; place += Long.BYTES) {
            times.putLong(2 * guest * rowSize + place, 0);
        }
        times.putLong(2 * guest * rowSize + (cpus + 1) * Long.BYTES, now);
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
