package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.DomainRef;
import dev.vireo.driver.qemu.cgroup.reading.CounterSource;
import dev.vireo.driver.qemu.cgroup.reading.GuestCounters;
import dev.vireo.driver.qemu.cgroup.reading.GuestProcess;
import java.util.UUID;

/** One run of a QEMU guest: the process that is identified by pid and start time, and its counters. */
public final class Guest implements DomainRef {
    private final int id;
    private final String name;
    private final UUID uuid;
    private final GuestCounters counters;
    private ProcessCgroups groups;

    Guest(int id, String name, UUID uuid, GuestProcess process, ProcessCgroups groups, CounterSource source) {
        this.id = id;
        this.name = name;
        this.uuid = uuid;
        this.groups = groups;
        this.counters = new GuestCounters(process, source, "'" + name + "' (id " + id + ", uuid " + uuid + ")");
    }

    /** Tells whether the guest was in other control groups before; from then on it is in these. The finder's lock. */
    boolean isMovedTo(ProcessCgroups now) {
        boolean moved = !now.equals(groups);
        groups = now;
        return moved;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public UUID uuid() {
        return uuid;
    }

    /**
     * Returns the guest's CPU time counters.
     *
     * @return the counters, which open at their first use
     */
    public GuestCounters counters() {
        return counters;
    }

    @Override
    public String toString() {
        return "'" + name + "' (id " + id + ", uuid " + uuid + ")";
    }
}
