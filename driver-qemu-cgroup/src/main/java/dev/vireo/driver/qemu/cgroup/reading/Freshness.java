package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.driver.qemu.cgroup.linux.Stamp;
import java.nio.file.Path;

/**
 * Says when a list of a guest's parts is to be made anew. Once a second its stamps are looked at, so that a reader who never
 * asks for the list sees a change as well. Each half minute it is made anyway, since a stamp misses one entry that goes
 * while another comes; and each second of the first ten, while the guest is being put together. Not thread-safe.
 */
final class Freshness {
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final long YOUNG_NANOS = 10 * LOOK_NANOS;
    private static final long RENEW_NANOS = 30 * LOOK_NANOS;

    private final Stamp[] stamps;
    private final long born;
    private long looked;
    private long renewed;

    Freshness(long now, Stamp... stamps) {
        this.stamps = stamps;
        this.born = now;
        this.looked = born;
        this.renewed = born;
    }

    /** Says when to look again which threads are vCPUs. */
    static Freshness ofThreads(VcpuThreadIds guest, long now) {
        Stamp tasks = new Stamp(guest.tasks());
        Path statusFile = guest.statusFile();
        return statusFile == null ? new Freshness(now, tasks) : new Freshness(now, tasks, new Stamp(statusFile));
    }

    /** Remembers that the list is being made now. */
    void renew(long now) {
        looked = now;
        renewed = looked;
        hasChanged();
    }

    boolean isLost(long now) {
        if (now - looked < LOOK_NANOS) {
            return false;
        }
        looked = now;
        return hasChanged() || now - renewed > RENEW_NANOS || now - born < YOUNG_NANOS;
    }

    private boolean hasChanged() {
        boolean changed = false;
        for (Stamp stamp : stamps) {
            changed |= stamp.hasChanged();
        }
        return changed;
    }
}
