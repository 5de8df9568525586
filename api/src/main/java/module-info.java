/** The driver table and its public dispatch: CPU time of virtual machines, whatever the hypervisor. */
module dev.vireo {
    requires static transitive org.jspecify;

    exports dev.vireo;
    exports dev.vireo.spi;

    uses dev.vireo.spi.HypervisorDriver;
}
