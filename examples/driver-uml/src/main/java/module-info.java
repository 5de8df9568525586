/** The driver of {@code uml:///DIR}: User-mode Linux guests, read from {@code /proc}. */
module dev.vireo.examples.uml {
    requires dev.vireo;

    provides dev.vireo.spi.HypervisorDriver with
            dev.vireo.examples.uml.UmlDriver;
}
