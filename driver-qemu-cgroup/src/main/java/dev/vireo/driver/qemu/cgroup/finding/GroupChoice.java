package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.CounterSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Chooses which of a guest's control groups is read, if one is its own. Not thread-safe. */
final class GroupChoice {
    /**
     * What was chosen.
     *
     * @param source what the guest is to be read from
     * @param libvirtId libvirt's id of it, where a group's name has it
     * @param lasts whether it holds for as long as the guest is in the same groups, whoever else comes or goes
     */
    record Choice(CounterSource source, OptionalInt libvirtId, boolean lasts) {}

    /** What one hierarchy has for a guest: a directory of its own, or none. */
    private record Verdict(Optional<Path> own, String companions, boolean lasts) {
        private static final Verdict NEVER = new Verdict(Optional.empty(), "", true);
    }

    private final HostView host;
    private final GroupOwnership ownership;

    GroupChoice(HostView host) {
        this.host = host;
        this.ownership = new GroupOwnership(host.procfs());
    }

    /** Forgets who was in which group. */
    void startPass() {
        ownership.startPass();
    }

    /** The hierarchy where the guest has a group of its own; v1 if both, since only there the times per CPU are files. */
    Choice choose(ProcessCgroups groups, int pid) {
        OptionalInt id = libvirtId(groups);
        Verdict v1 = judge(host.mounts().v1(), groups.v1(), pid);
        if (v1.own().isPresent()) {
            return new Choice(new CounterSource.V1(v1.own().get(), v1.companions()), id, v1.lasts());
        }
        Verdict v2 = judge(host.mounts().v2(), groups.v2(), pid);
        boolean lasts = v1.lasts() && v2.lasts();
        return v2.own().isPresent()
                ? new Choice(new CounterSource.V2(v2.own().get(), v2.companions()), id, lasts)
                : new Choice(shared(groups, "also holds others' processes"), id, lasts);
    }

    /** What is read where the group is not the guest's own. */
    CounterSource shared(ProcessCgroups groups, String why) {
        String path = groups.v1().or(groups::v2).orElse("none");
        return new CounterSource.SharedGroup("its control group (" + path + ") " + why, host.accounting());
    }

    private static OptionalInt libvirtId(ProcessCgroups groups) {
        return groups
                .v1()
                .flatMap(GroupChoice::libvirtId)
                .or(() -> groups.v2().flatMap(GroupChoice::libvirtId))
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    private static Optional<Integer> libvirtId(String path) {
        return ManagerLayout.of(path)
                .flatMap(match -> match.id().stream().boxed().findFirst());
    }

    private Verdict judge(Optional<CgroupMounts.Mount> mount, Optional<String> path, int pid) {
        if (mount.isEmpty() || path.isEmpty() || path.get().equals("/")) {
            return Verdict.NEVER;
        }
        Optional<ManagerLayout.Match> match = ManagerLayout.of(path.get());
        Optional<Path> managed = match.flatMap(found -> managed(mount.get(), found));
        if (match.isPresent() && managed.isPresent()) {
            boolean lasts = match.get().companion().isEmpty();
            return new Verdict(managed, match.get().companions(), lasts);
        }
        return new Verdict(mount.get().group(path.get()).filter(group -> ownership.isOwn(group, pid)), "", false);
    }

    private Optional<Path> managed(CgroupMounts.Mount mount, ManagerLayout.Match match) {
        return mount.group(match.group())
                .filter(group -> match.companion().isEmpty() || ownership.hasMember(group, match.companion()));
    }
}
