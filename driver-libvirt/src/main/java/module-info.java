/** The driver of {@code libvirt:URI} and of libvirt's own URIs: passthrough to the real libvirt. */
module dev.vireo.driver.libvirt {
    requires dev.vireo;
    requires com.sun.jna;
    requires libvirt;
    requires static org.jspecify;

    provides dev.vireo.spi.HypervisorDriver with
            dev.vireo.driver.libvirt.LibvirtDriver;
}
