package dev.vireo.driver.qemu.cgroup.finding;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A control group of libvirt's layouts: which part of a path is the domain's group, and the domain's id in it.
 *
 * <p>With systemd {@code machine-qemu\x2d3\x2dweb.scope}, since libvirt 7.1 with a level {@code libvirt} below it, which
 * is what libvirt itself reads; without systemd {@code qemu-3-web.libvirt-qemu}. Both hold {@code emulator} and
 * {@code vcpuN}. The oldest names have no id. The domain's name cannot be had back from them.
 *
 * @param group the path of the domain's group
 * @param id libvirt's id, empty in the oldest layouts
 */
record LibvirtLayout(String group, OptionalInt id) {
    private static final Pattern LAYOUT = Pattern.compile("(?<group>(?:/[^/]+)*?/(?:"
            + "machine-qemu\\\\x2d(?:(?<scopeid>\\d+)\\\\x2d)?[^/]*\\.scope(?:/libvirt(?=/|$))?"
            + "|(?:qemu-(?<plainid>\\d+)-)?[^/]*\\.libvirt-qemu))(?:/(?:emulator|vcpu\\d+|iothread\\d+))?");

    static Optional<LibvirtLayout> of(String path) {
        Matcher matcher = LAYOUT.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String id = matcher.group("scopeid") == null ? matcher.group("plainid") : matcher.group("scopeid");
        return Optional.of(new LibvirtLayout(matcher.group("group"), parseId(id)));
    }

    private static OptionalInt parseId(@org.jspecify.annotations.Nullable String digits) {
        // more digits than an id has: part of a name
        return digits == null || digits.length() > 9 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }
}
