package dev.vireo.driver.qemu.cgroup;

import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import dev.vireo.driver.qemu.cgroup.finding.Guest;
import dev.vireo.driver.qemu.cgroup.finding.GuestFinder;
import dev.vireo.driver.qemu.cgroup.reading.OpenFileBudget;
import dev.vireo.driver.qemu.cgroup.reading.SchedulerParameters;
import dev.vireo.driver.qemu.cgroup.reading.Workspace;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the host's scheduler treats guests. Thread-safe. */
final class Scheduling {
    private final GuestFinder finder;
    private final OpenFileBudget budget;
    private final Function<DomainRef, Workspace> workspaces;

    Scheduling(GuestFinder finder, OpenFileBudget budget, Function<DomainRef, Workspace> workspaces) {
        this.finder = finder;
        this.budget = budget;
        this.workspaces = workspaces;
    }

    int parameters(DomainRef domain, @Nullable TypedParameters params, int nparams, int flags) {
        requireLive(flags);
        Guest guest = (Guest) domain;
        Workspace space = workspaces.apply(domain);
        return guest.counters()
                .scheduling()
                .readWhileAlive(
                        space, () -> SchedulerParameters.read(finder.schedulerGroup(guest), budget, space.text()))
                .fill(params, nparams);
    }

    static void requireLive(int flags) {
        if (flags == Domain.AFFECT_CONFIG) {
            throw HypervisorException.of(
                    ErrorCode.OPERATION_UNSUPPORTED,
                    QemuCgroupDriver.NAME,
                    "the kernel knows how a guest runs, not how it is configured: leave AFFECT_CONFIG out, or ask libvirt");
        }
    }
}
