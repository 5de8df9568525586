package ${package};

import dev.vireo.DomainRef;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** Stands for the hypervisor: one guest that is always busy, on two CPUs. Put the real one in its place. */
final class Hypervisor {
    /** One run of a guest: two of the same guest are not equal. */
    record Guest(int id, String name, UUID uuid, long startNanos) implements DomainRef {}

    private final LongSupplier nanoClock;
    private final List<Guest> guests = new CopyOnWriteArrayList<>();

    Hypervisor(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        guests.add(new Guest(1, "first", UUID.fromString("00000000-0000-4000-8000-000000000001"), nanoClock.getAsLong()));
    }

    List<Guest> guests() { return guests; }

    int cpus() { return 2; }

    long cpuTimeNanos(Guest guest) { return nanoClock.getAsLong() - guest.startNanos(); }

    long cpuTimeNanos(Guest guest, int cpu) { return cpuTimeNanos(guest) / cpus(); }

    void end(Guest guest) { guests.remove(guest); }
}
