package dev.vireo.it;

/** Where libvirt puts a guest's control groups. */
enum LibvirtLayout {
    /** libvirt 7.1 and later, under systemd-machined. */
    SYSTEMD {
        @Override
        String group(int id, String name) {
            return "machine.slice/machine-qemu\\x2d" + id + "\\x2d" + name.replace("-", "\\x2d") + ".scope/libvirt";
        }
    },
    /** libvirt on a host without systemd. */
    WITHOUT_SYSTEMD {
        @Override
        String group(int id, String name) {
            return "machine/qemu-" + id + "-" + name + ".libvirt-qemu";
        }
    };

    /** Returns the path of the group that holds {@code emulator} and {@code vcpuN}, below the mount point. */
    abstract String group(int id, String name);
}
