package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.percpu.bpf.RowLayout;
import java.util.HashSet;
import java.util.Set;

/** What the counting programs look for on a guest's behalf, for all who read it in this process. Guarded by the counter's lock. */
final class WatchedGuest {
    private final int number;
    private final long since;
    private final Subtree subtree;
    private final Set<Long> groups = new HashSet<>();
    private final Set<Long> threads = new HashSet<>();
    private int watchers;

    WatchedGuest(int number, long since, Subtree subtree) {
        this.number = number;
        this.since = since;
        this.subtree = subtree;
    }

    /** Adds one who reads its times. */
    void enter() {
        watchers++;
    }

    /** Takes one away; returns whether he was the last. */
    boolean leave() {
        watchers--;
        return watchers == 0;
    }

    /** Returns its number in the memory that the programs write to. */
    int number() {
        return number;
    }

    /** Returns since when its rows are its own, in milliseconds since 1970: while they say the same, they still are. */
    long since() {
        return since;
    }

    /** Returns the row of its whole time. */
    int row() {
        return RowLayout.whole(number);
    }

    /** Returns the row of its vCPUs' time. */
    int vcpuRow() {
        return RowLayout.vcpus(number);
    }

    Subtree subtree() {
        return subtree;
    }

    /** Returns the keys of its groups. */
    Set<Long> groups() {
        return groups;
    }

    /** Returns the keys of its vCPUs' threads. */
    Set<Long> threads() {
        return threads;
    }
}
