package dev.vireo.driver.qemu.cgroup.finding;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a manager of guests makes a control group for each. Such a group is the guest's own whatever else its manager puts
 * into it.
 */
enum ManagerLayout {
    /**
     * libvirt with systemd, in any slice, so in any partition; since 7.1 with a level {@code libvirt} below, which is what
     * libvirt itself reads. The oldest names have no id; those of the embedded driver have a hash before it.
     */
    LIBVIRT_SYSTEMD(
            "(?<group>.*/machine-qemu\\\\x2d(?:(?:embed\\\\x2d)?[0-9a-f]{8}\\\\x2d(?=\\d+\\\\x2d))?(?:(?<id>\\d+)\\\\x2d)?[^/]*\\.scope"
                    + "(?:/libvirt(?=/|$))?)(?:/(?:emulator|vcpu\\d+|iothread\\d+))?",
            "", ""),
    /** libvirt without systemd; the oldest names have no id. */
    LIBVIRT_PLAIN(
            "(?<group>.*/(?:qemu-(?<id>\\d+)-)?[^/]*\\.libvirt-qemu)(?:/(?:emulator|vcpu\\d+|iothread\\d+))?", "", ""),
    /** libvirt before 1.0.5: below its daemon's own group. */
    LIBVIRT_DAEMON("(?<group>.*/libvirt/qemu/[^/]+)(?:/(?:emulator|vcpu\\d+))?", "", ""),
    /** Proxmox VE: a scope for each guest, with its swtpm and virtiofsd. */
    PROXMOX("(?<group>/qemu\\.slice/\\d+\\.scope)", "", ""),
    /** KubeVirt: the container {@code compute} of a pod. Other pods may run QEMU too: they have no virt-launcher. */
    KUBEVIRT(
            "(?<group>.*/(?:[^/]*-)?pod[0-9a-fA-F_-]{36}(?:\\.slice)?/[^/]+(?:/container)?)(?:/housekeeping)?",
            "virt-launcher",
            "virt-launcher with the libvirt that it runs"),
    /** systemd-vmspawn, whose scope is called as that of any machine, in systemd 256 after itself. */
    VMSPAWN("(?<group>.*/(?:machine|sd-vmspawn)-[^/]+\\.scope)(?:/[^/]+)?", "systemd-vmspaw", "systemd-vmspawn itself");

    /**
     * A control group in a layout.
     *
     * @param group the path of the guest's group
     * @param id libvirt's id of the guest, empty where the layout has none
     * @param companion the name of a process that must be in the group, empty if none need be
     * @param companions what the manager puts beside the guest, in words
     */
    record Match(String group, OptionalInt id, String companion, String companions) {}

    private final Pattern pattern;
    private final String companion;
    private final String companions;

    ManagerLayout(String pattern, String companion, String companions) {
        this.pattern = Pattern.compile(pattern);
        this.companion = companion;
        this.companions = companions;
    }

    /** Returns the first layout that a path is in. */
    static Optional<Match> of(String path) {
        for (ManagerLayout layout : values()) {
            Matcher matcher = layout.pattern.matcher(path);
            if (matcher.matches()) {
                return Optional.of(
                        new Match(matcher.group("group"), layout.id(matcher), layout.companion, layout.companions));
            }
        }
        return Optional.empty();
    }

    private OptionalInt id(Matcher matcher) {
        boolean hasId = this == LIBVIRT_SYSTEMD || this == LIBVIRT_PLAIN;
        return hasId ? parseId(matcher.group("id")) : OptionalInt.empty();
    }

    private static OptionalInt parseId(@Nullable String digits) {
        // more digits than an id has: part of a name
        return digits == null || digits.length() > 9 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }
}
