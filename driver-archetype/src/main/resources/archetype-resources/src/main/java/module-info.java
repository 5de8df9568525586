/** The driver of {@code ${scheme}:///}, as a module. */
module ${package} {
    requires transitive dev.vireo;

    exports ${package};

    provides dev.vireo.spi.HypervisorDriver with
            ${package}.${driver}Driver;
}
