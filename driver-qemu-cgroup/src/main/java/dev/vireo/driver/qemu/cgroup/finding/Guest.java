package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.DomainRef;
import dev.vireo.driver.qemu.cgroup.reading.GuestCounters;
import dev.vireo.driver.qemu.cgroup.reading.GuestProcess;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run of a QEMU guest, which is its process, and the counters of that run. */
public final class Guest implements DomainRef {
    private final GuestProcess process;
    private final int id;
    private final String name;
    private final UUID uuid;
    private final GuestCounters counters;

    Guest(GuestProcess process, int id, String name, UUID uuid, GuestCounters counters) {
        this.process = process;
        this.id = id;
        this.name = name;
        this.uuid = uuid;
        this.counters = counters;
    }

    /** Returns the same run under the id that libvirt has given it since: the process comes first, then its group. */
    Guest withId(int newId) {
        return newId == id ? this : new Guest(process, newId, name, uuid, counters);
    }

    GuestProcess process() {
        return process;
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
    public boolean equals(@Nullable Object other) {
        return other instanceof Guest guest && process.equals(guest.process);
    }

    @Override
    public int hashCode() {
        return process.hashCode();
    }

    @Override
    public String toString() {
        return "'" + name + "' (id " + id + ", uuid " + uuid + ")";
    }
}
