package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.driver.qemu.cgroup.reading.CounterSource;
import dev.vireo.driver.qemu.cgroup.reading.SchedulerGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses which of a guest's control groups is read, if one is its own. Not thread-safe. */
final class GroupChoice {
    /**
     * What was chosen.
     *
     * @param source what the guest is to be read from
     * @param path the group's path in its hierarchy, or why there is none
     * @param libvirtId libvirt's id of it, where a group's name has it
     * @param lasts whether it holds for as long as the guest is in the same groups, whoever else comes or goes
     */
    record Choice(CounterSource source, String path, OptionalInt libvirtId, boolean lasts) {}

    /** What one hierarchy has for a guest: a directory of its own, or the reason why it has none. */
    private record Verdict(@Nullable Path own, String reason, String companions, OptionalInt libvirtId, boolean lasts) {
        static Verdict shared(String reason, boolean lasts) {
            return new Verdict(null, reason, "", OptionalInt.empty(), lasts);
        }
    }

    private final HostView host;
    private final GroupOwnership ownership;

    GroupChoice(HostView host) {
        this.host = host;
        this.ownership = new GroupOwnership(host.procfs());
    }

    /** Forgets who was in which group. */
    void startPass(Set<Integer> guestPids) {
        ownership.startPass(guestPids);
    }

    /** The hierarchy where the guest has a group of its own; v1 if both, since only there the times per CPU are files. */
    Choice choose(ProcessCgroups groups, int pid) {
        Verdict v1 = judge(host.mounts().v1(), groups.v1(), pid);
        if (v1.own() != null) {
            CounterSource source = new CounterSource.V1(v1.own(), v1.companions());
            return new Choice(source, groups.v1().orElse(""), v1.libvirtId(), v1.lasts());
        }
        Verdict v2 = judge(host.mounts().v2(), groups.v2(), pid);
        boolean lasts = v1.lasts() && v2.lasts();
        if (v2.own() != null) {
            CounterSource source = new CounterSource.V2(v2.own(), v2.companions());
            return new Choice(source, groups.v2().orElse(""), v2.libvirtId(), lasts);
        }
        String reason = groups.v1().isPresent() && host.mounts().v1().isPresent() ? v1.reason() : v2.reason();
        OptionalInt id = v1.libvirtId().isPresent() ? v1.libvirtId() : v2.libvirtId();
        return new Choice(shared(reason), "", id, lasts);
    }

    /**
     * Where the cpu controller has the guest, in the v1 hierarchy if it is mounted there, else in v2.
     *
     * @throws HypervisorException {@link ErrorCode#OPERATION_UNSUPPORTED} where that is no group of the guest's own
     */
    SchedulerGroup chooseForScheduler(ProcessCgroups groups, int pid) {
        boolean isV1 = host.mounts().v1Scheduler().isPresent();
        Verdict verdict = isV1
                ? judge(host.mounts().v1Scheduler(), groups.v1Scheduler(), pid)
                : judge(host.mounts().v2(), groups.v2(), pid);
        if (verdict.own() == null) {
            throw HypervisorException.of(
                    ErrorCode.OPERATION_UNSUPPORTED,
                    "QEMU-cgroup",
                    "the guest has no weight and no limit of its own: " + verdict.reason());
        }
        return new SchedulerGroup(verdict.own(), !isV1);
    }

    /** What is read where the group is not the guest's own. */
    CounterSource shared(String reason) {
        return new CounterSource.SharedGroup(reason, host.accounting());
    }

    private Verdict judge(Optional<CgroupMounts.Mount> mount, Optional<String> path, int pid) {
        if (mount.isEmpty() || path.isEmpty()) {
            return Verdict.shared("it is in no control group that counts CPU time", true);
        }
        if (path.get().equals("/")) {
            return Verdict.shared("it is in the root control group", true);
        }
        Optional<ManagerLayout.Match> match = ManagerLayout.of(path.get());
        if (match.isPresent()) {
            Verdict managed = managed(mount.get(), match.get());
            if (managed.own() != null) {
                return managed;
            }
        }
        Verdict found = unmanaged(mount.get(), path.get(), pid);
        OptionalInt id = match.map(ManagerLayout.Match::id).orElse(OptionalInt.empty());
        return found.own() == null && mount.get().group(path.get()).isEmpty()
                ? new Verdict(null, found.reason(), "", id, found.lasts())
                : found;
    }

    private Verdict managed(CgroupMounts.Mount mount, ManagerLayout.Match match) {
        Path group = mount.group(match.group()).orElse(null);
        boolean isGuests =
                group != null && (match.companion().isEmpty() || ownership.hasMember(group, match.companion()));
        if (group == null || !isGuests) {
            return Verdict.shared("", false);
        }
        OptionalInt id = hasOwnerOf(mount.directory(), group) ? match.id() : OptionalInt.empty();
        return new Verdict(group, "", match.companions(), id, match.companion().isEmpty());
    }

    /** A user may give the groups that he was handed any name: what is in it is his, but no id of libvirt's. */
    private static boolean hasOwnerOf(Path mount, Path group) {
        try {
            return Files.getAttribute(mount, "unix:uid").equals(Files.getAttribute(group, "unix:uid"));
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private Verdict unmanaged(CgroupMounts.Mount mount, String path, int pid) {
        String place = "its control group (" + path + ") ";
        Path group = mount.group(path).map(found -> domain(mount, found)).orElse(null);
        if (group == null) {
            return Verdict.shared(place + "is not to be seen from here", true);
        }
        if (group.equals(mount.directory())) {
            return Verdict.shared("it is in the root control group", true);
        }
        String why = ownership.whyShared(group, pid);
        return why == null
                ? new Verdict(group, "", "", OptionalInt.empty(), false)
                : Verdict.shared(place + why, false);
    }

    /** A threaded group holds some threads of its processes, which stand in the domain above. */
    private static Path domain(CgroupMounts.Mount mount, Path group) {
        Path domain = group;
        while (!domain.equals(mount.directory()) && GroupOwnership.isThreaded(domain)) {
            Path parent = domain.getParent();
            if (parent == null) {
                return domain;
            }
            domain = parent;
        }
        return domain;
    }
}
