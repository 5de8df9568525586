package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.CounterSource;
import dev.vireo.driver.qemu.cgroup.reading.GuestCounters;
import dev.vireo.driver.qemu.cgroup.reading.GuestProcess;
import dev.vireo.driver.qemu.cgroup.reading.KernelFile;
import dev.vireo.driver.qemu.cgroup.reading.KernelText;
import dev.vireo.driver.qemu.cgroup.reading.OpenFileBudget;
import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the finder knows of one run of a guest: who it is, where it was last, and the domain that callers see, which is made
 * anew when one of them changes. Not thread-safe.
 */
final class FoundGuest implements AutoCloseable {
    private static final byte[] NOWHERE = {};

    private final GuestProcess process;
    private final GuestCounters counters;
    private final KernelFile cgroupFile;
    private Identity identity;
    private byte[] cgroupText = NOWHERE;
    private ProcessCgroups groups = ProcessCgroups.parse(NOWHERE);
    private @Nullable CounterSource choice;
    private boolean choiceLasts;
    private OptionalInt groupId = OptionalInt.empty();
    private Guest guest;

    FoundGuest(GuestProcess process, Identity identity, OpenFileBudget budget) throws IOException {
        this.process = process;
        this.identity = identity;
        this.cgroupFile = new KernelFile(process.directory().resolve("cgroup"), budget);
        this.counters = new GuestCounters(process, identity.statusFile(), identity.shownAs(process.pid()), budget);
        this.guest = new Guest(process, process.pid(), identity.name(), identity.uuid(), counters);
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

    ProcessCgroups groups() {
        return groups;
    }

    /** Returns what is to be read, if no other guest has the same group; null before the first look. */
    @Nullable CounterSource choice() {
        return choice;
    }

    /** Says who it is, which it had not told before. */
    void identify(Identity known) {
        identity = known;
        rename();
    }

    /** Looks which groups it is in, and what is to be read there. */
    void look(GroupChoice groupChoice, KernelText text) throws IOException {
        cgroupFile.read(text);
        if (text.isSameAs(cgroupText) && choiceLasts) {
            return;
        }
        cgroupText = text.copy();
        groups = ProcessCgroups.parse(cgroupText);
        GroupChoice.Choice chosen = groupChoice.choose(groups, process.pid());
        choice = chosen.source();
        choiceLasts = chosen.lasts();
        groupId = chosen.libvirtId();
        rename();
    }

    /** Makes the domain anew if callers are to see something else. */
    private void rename() {
        OptionalInt id = identity.libvirtId().isPresent() ? identity.libvirtId() : groupId;
        int shown = id.orElse(process.pid());
        if (shown != guest.id()
                || !identity.name().equals(guest.name())
                || !identity.uuid().equals(guest.uuid())) {
            guest = new Guest(process, shown, identity.name(), identity.uuid(), counters);
            counters.setGuest(guest.toString());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            counters.close();
        } finally {
            cgroupFile.close();
        }
    }
}
