package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.SharedMemory;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.EventMaps;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.RowLayout;

/** The memory that the counting programs write to: the rows of all guests, and the settings of the programs. */
final class EventMemory {
    /** How many guests there is room for. */
    static final int GUESTS = 4096;
    /** How many rows these have. */
    static final int ROWS = RowLayout.whole(GUESTS);
    /** The size of the settings in bytes. */
    static final int SETTINGS_SIZE = 64;

    private static final int ATTACHED_AT = 8;
    private static final int STOPPED = 16;
    private static final int LAST_BEGUN = 24;

    private final SharedMemory times;
    private final SharedMemory settings;
    private final RowLayout rows;

    EventMemory(SharedMemory times, SharedMemory settings, RowLayout rows) {
        this.times = times;
        this.settings = settings;
        this.rows = rows;
    }

    private int offset(int row, int place) {
        return (row * rows.length() + place) * Long.BYTES;
    }

    long nanos(int row, int cpu) {
        return times.getLong(offset(row, cpu));
    }

    boolean hasEnded(int guest) {
        return times.getLong(offset(RowLayout.whole(guest), rows.ended())) != 0;
    }

    /** Notes what the programs have not seen: that the guest's process has ended, or that it is elsewhere now. */
    void noteEnd(int guest) {
        times.putLong(offset(RowLayout.whole(guest), rows.ended()), 1);
    }

    /** Returns the process of a guest, 0 if that is not known. */
    int process(int guest) {
        return (int) times.getLong(offset(RowLayout.vcpus(guest), rows.process()));
    }

    /** Returns since when a guest's rows are in use, in milliseconds since 1970; 0 if they are not. */
    long since(int guest) {
        return times.getLong(offset(RowLayout.whole(guest), rows.since()));
    }

    /**
     * Takes a guest's rows into use, from 0 on. No rows say twice that they are in use since the same time, so that whoever
     * remembers it knows them from those of another guest.
     */
    void begin(int guest, int process, long now) {
        long since = Math.max(now, settings.getLong(LAST_BEGUN) + 1);
        settings.putLong(LAST_BEGUN, since);
        for (int place = 0; place < rows.length(); place++) {
            times.putLong(offset(RowLayout.whole(guest), place), 0);
            times.putLong(offset(RowLayout.vcpus(guest), place), 0);
        }
        times.putLong(offset(RowLayout.vcpus(guest), rows.process()), process);
        times.putLong(offset(RowLayout.whole(guest), rows.since()), since);
    }

    void end(int guest) {
        times.putLong(offset(RowLayout.whole(guest), rows.since()), 0);
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
