package dev.vireo.driver.libvirt;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The URI schemes that come here: {@code libvirt}, and libvirt's own families, bare and with each transport. */
final class LibvirtSchemes {
    /** What comes before a URI that is handed on as it is. */
    static final String UNTOUCHED = "libvirt";

    // test is not among them: test:///default is the in-memory driver, libvirt:test:///default is libvirt's
    private static final Set<String> FAMILIES = Set.of(
            "qemu",
            "lxc",
            "xen",
            "ch",
            "esx",
            "vpx",
            "gsx",
            "hyperv",
            "bhyve",
            "vbox",
            "vz",
            "parallels",
            "openvz",
            "vmwareplayer",
            "vmwarews",
            "vmwarefusion");

    private static final Set<String> TRANSPORTS = Set.of("ssh", "tcp", "tls", "unix", "ext", "libssh", "libssh2");

    private LibvirtSchemes() {}

    static Set<String> all() {
        Set<String> schemes = new TreeSet<>(FAMILIES);
        schemes.add(UNTOUCHED);
        for (String family : FAMILIES) {
            TRANSPORTS.forEach(transport -> schemes.add(family + "+" + transport));
        }
        return Collections.unmodifiableSet(schemes);
    }
}
