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
     */
    record Choice(CounterSource source, OptionalInt libvirtId) {}

    private record OwnGroup(Path directory, String companions) {}

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
        Optional<CounterSource> v1 = own(host.mounts().v1(), groups.v1(), pid)
                .map(group -> new CounterSource.V1(group.directory(), group.companions()));
        Optional<CounterSource> own = v1.isPresent()
                ? v1
                : own(host.mounts().v2(), groups.v2(), pid)
                        .map(group -> new CounterSource.V2(group.directory(), group.companions()));
        return new Choice(
                own.orElseGet(() -> shared(groups, "also holds others' processes")),
                groups
                        .v1()
                        .flatMap(GroupChoice::libvirtId)
                        .or(() -> groups.v2().flatMap(GroupChoice::libvirtId))
                        .stream()
                        .mapToInt(Integer::intValue)
                        .findFirst());
    }

    /** What is read where the group is not the guest's own. */
    CounterSource shared(ProcessCgroups groups, String why) {
        String path = groups.v1().or(groups::v2).orElse("none");
        return new CounterSource.SharedGroup("its control group (" + path + ") " + why, host.accounting());
    }

    private static Optional<Integer> libvirtId(String path) {
        return ManagerLayout.of(path)
                .flatMap(match -> match.id().stream().boxed().findFirst());
    }

    private Optional<OwnGroup> own(Optional<CgroupMounts.Mount> mount, Optional<String> path, int pid) {
        if (mount.isEmpty() || path.isEmpty() || path.get().equals("/")) {
            return Optional.empty();
        }
        Optional<OwnGroup> managed = ManagerLayout.of(path.get()).flatMap(match -> managed(mount.get(), match));
        return managed.isPresent()
                ? managed
                : mount.get()
                        .group(path.get())
                        .filter(group -> ownership.isOwn(group, pid))
                        .map(group -> new OwnGroup(group, ""));
    }

    private Optional<OwnGroup> managed(CgroupMounts.Mount mount, ManagerLayout.Match match) {
        return mount.group(match.group())
                .filter(group -> match.companion().isEmpty() || ownership.hasMember(group, match.companion()))
                .map(group -> new OwnGroup(group, match.companions()));
    }
}
