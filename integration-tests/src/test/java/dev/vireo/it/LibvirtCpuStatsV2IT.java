package dev.vireo.it;

import org.junit.jupiter.api.extension.RegisterExtension;

/** libvirt on control groups of version 2. */
class LibvirtCpuStatsV2IT extends LibvirtCpuStatsContract {
    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V2);

    LibvirtCpuStatsV2IT() {
        super(SCENE, LibvirtHierarchy.V2);
    }
}
