package dev.vireo.it;

import java.util.Locale;

/** Which control groups a private libvirtd sees. */
enum LibvirtHierarchy {
    /** Version 1 alone: the one where libvirt tells times per CPU. */
    V1(true, false),
    /** Version 2 alone. */
    V2(false, true),
    /** What the host has: version 1 with version 2 beside it, which libvirt prefers. */
    HYBRID(true, true);

    private final boolean hasV1;
    private final boolean hasV2;

    LibvirtHierarchy(boolean hasV1, boolean hasV2) {
        this.hasV1 = hasV1;
        this.hasV2 = hasV2;
    }

    /** Aborts the test where the host lacks it. */
    void require() {
        if (hasV1) {
            Requirements.cgroup(CgroupVersion.V1);
        }
        if (hasV2) {
            Requirements.cgroup(CgroupVersion.V2);
        }
    }

    /** Returns whether libvirt has a file there that tells times per CPU. */
    boolean tellsCpus() {
        return !hasV2;
    }

    /** Returns its name for the script that starts the daemon. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
