package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.percpu.PerCpuCounting;
import dev.vireo.driver.qemu.cgroup.reading.CounterSource;
import dev.vireo.driver.qemu.cgroup.reading.GuestCounters;
import dev.vireo.driver.qemu.cgroup.reading.GuestProcess;
import dev.vireo.driver.qemu.cgroup.reading.KernelFile;
import dev.vireo.driver.qemu.cgroup.reading.KernelText;
import dev.vireo.driver.qemu.cgroup.reading.OpenFileBudget;
import dev.vireo.driver.qemu.cgroup.reading.SchedulerGroup;
import dev.vireo.driver.qemu.cgroup.reading.Workspace;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the finder knows of one run of a guest: who it is, where it was last, and the domain that callers see, which is made
 * anew when one of them changes. Guarded by the finder's lock.
 */
final class FoundGuest implements AutoCloseable {
    private static final byte[] NOWHERE = {};

    private final GuestProcess process;
    private final GuestCounters counters;
    private final KernelFile cgroupFile;
    private final long foundAt;
    private Identity identity;
    private byte[] cgroupText = NOWHERE;
    private GroupChoice.@Nullable Choice choice;
    private volatile long lookedAt;
    private Guest guest;

    FoundGuest(
            GuestProcess process,
            Identity identity,
            OpenFileBudget budget,
            PerCpuCounting counting,
            LongSupplier nanoClock)
            throws IOException {
        this.process = process;
        this.identity = identity;
        this.foundAt = nanoClock.getAsLong();
        this.lookedAt = foundAt;
        this.cgroupFile = new KernelFile(process.directory().resolve("cgroup"), budget);
        this.counters = new GuestCounters(process, budget, counting);
        this.guest = new Guest(this, process.pid(), identity.name(), identity.uuid());
        counters.identify(guest.toString(), identity.statusFile());
    }

    GuestProcess process() {
        return process;
    }

    GuestCounters counters() {
        return counters;
    }

    Guest guest() {
        return guest;
    }

    Identity identity() {
        return identity;
    }

    /** Returns when it was found, by the finder's clock. */
    long foundAt() {
        return foundAt;
    }

    /** Returns when its place was last looked at, by the finder's clock; not guarded. */
    long lookedAt() {
        return lookedAt;
    }

    /** Returns what is to be read, if no other guest has the same group; null before the first look. */
    GroupChoice.@Nullable Choice choice() {
        return choice;
    }

    /** Says who it is, which it had not told before. */
    void identify(Identity known) {
        identity = known;
        show();
    }

    /** Looks which groups it is in, and what is to be read there; returns whether that is something else. */
    boolean look(GroupChoice groupChoice, KernelText text, long now) throws IOException {
        lookedAt = now;
        cgroupFile.read(text);
        GroupChoice.Choice before = choice;
        if (before != null && before.lasts() && text.isSameAs(cgroupText)) {
            return false;
        }
        cgroupText = text.copy();
        GroupChoice.Choice chosen = groupChoice.choose(ProcessCgroups.parse(cgroupText), process.pid());
        choice = chosen;
        show();
        return !chosen.equals(before);
    }

    /** Looks where the cpu controller has it. */
    SchedulerGroup schedulerGroup(GroupChoice groupChoice, KernelText text) throws IOException {
        cgroupFile.read(text);
        return groupChoice.chooseForScheduler(ProcessCgroups.parse(text.copy()), process.pid());
    }

    /** Reads from there from now on. */
    void moveTo(CounterSource source, Workspace space) {
        counters.moveTo(source);
        counters.watch(space);
    }

    /** Makes the domain anew if callers are to see something else. */
    private void show() {
        OptionalInt groupId = choice == null ? OptionalInt.empty() : choice.libvirtId();
        int id = (identity.libvirtId().isPresent() ? identity.libvirtId() : groupId).orElse(process.pid());
        if (id != guest.id()
                || !identity.name().equals(guest.name())
                || !identity.uuid().equals(guest.uuid())) {
            guest = new Guest(this, id, identity.name(), identity.uuid());
        }
        counters.identify(guest.toString(), identity.statusFile());
    }

    @Override
    public void close() {
        counters.close();
        cgroupFile.close();
    }
}
