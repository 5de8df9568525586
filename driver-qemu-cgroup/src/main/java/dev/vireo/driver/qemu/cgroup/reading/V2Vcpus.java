package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.driver.qemu.cgroup.linux.Stamp;
import dev.vireo.driver.qemu.cgroup.percpu.Vcpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Which groups and threads of a guest are its vCPUs', looked for again as they may have changed. */
final class V2Vcpus {
    private final Path group;
    private final VcpuThreadIds threads;
    private final Freshness groupsFreshness;
    private final Freshness threadsFreshness;
    private Vcpus vcpus;

    V2Vcpus(Path group, VcpuThreadIds threads, long now) throws IOException {
        this.group = group;
        this.threads = threads;
        this.groupsFreshness = new Freshness(now, new Stamp(group));
        this.threadsFreshness = Freshness.ofThreads(threads, now);
        this.vcpus = find(now);
    }

    Vcpus now() {
        return vcpus;
    }

    /** Looks again if the list is old; returns whether it has changed. */
    boolean lookAgainIfOld(long now) throws IOException {
        boolean areOld = groupsFreshness.isLost(now);
        // threads matter only where the vCPUs have no groups, and QEMU's workers come and go
        areOld |= vcpus.groups().isEmpty() && threadsFreshness.isLost(now);
        if (!areOld) {
            return false;
        }
        Vcpus before = vcpus;
        vcpus = find(now);
        return !vcpus.equals(before);
    }

    private Vcpus find(long now) throws IOException {
        groupsFreshness.renew(now);
        threadsFreshness.renew(now);
        Set<Path> groups = new HashSet<>();
        for (String name : VcpuGroups.names(group)) {
            groups.add(group.resolve(name));
        }
        // threads matter only where the vCPUs have no groups
        return new Vcpus(groups, groups.isEmpty() ? Set.copyOf(threads.find().values()) : Set.of());
    }
}
