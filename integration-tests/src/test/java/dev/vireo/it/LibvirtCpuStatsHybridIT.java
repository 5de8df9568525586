package dev.vireo.it;

import org.junit.jupiter.api.extension.RegisterExtension;

/** libvirt on a host that has control groups of both versions: it takes version 2 for the times, and tells none per CPU. */
class LibvirtCpuStatsHybridIT extends LibvirtCpuStatsContract {
    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.HYBRID);

    LibvirtCpuStatsHybridIT() {
        super(SCENE, LibvirtHierarchy.HYBRID);
    }
}
