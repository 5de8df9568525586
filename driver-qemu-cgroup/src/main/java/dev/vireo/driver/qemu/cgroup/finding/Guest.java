package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.DomainRef;
import dev.vireo.driver.qemu.cgroup.reading.GuestCounters;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One run of a QEMU guest, which is its process, and the counters of that run. */
public final class Guest implements DomainRef {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final FoundGuest found;
    private final int id;
    private final String name;
    private final UUID uuid;

    Guest(FoundGuest found, int id, String name, UUID uuid) {
        this.found = found;
        this.id = id;
        this.name = name;
        this.uuid = uuid;
    }

    FoundGuest found() {
        return found;
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
        return found.counters();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Guest guest && found.process().equals(guest.found.process());
    }

    @Override
    public int hashCode() {
        return found.process().hashCode();
    }

    /** Whoever starts a guest names it: what would move the cursor of a terminal or end a line does not get there. */
    @Override
    public String toString() {
        return "'" + CONTROL.matcher(name).replaceAll("?") + "' (id " + id + ", uuid " + uuid + ")";
    }
}
