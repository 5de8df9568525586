/** The driver of {@code qemu+cgroup:///system}: QEMU and KVM guests of this host, read from the kernel, without a daemon. */
module dev.vireo.driver.qemu.cgroup {
    requires dev.vireo;
    requires com.sun.jna;
    requires java.xml;
    requires static org.jspecify;

    provides dev.vireo.spi.HypervisorDriver with
            dev.vireo.driver.qemu.cgroup.QemuCgroupDriver;
}
