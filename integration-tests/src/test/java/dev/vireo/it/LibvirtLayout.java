package dev.vireo.it;

/** Where libvirt puts a guest's control groups. */
enum LibvirtLayout {
    /** libvirt 7.1 and later, under systemd-machined. */
    SYSTEMD(true) {
        @Override
        String group(int id, String name) {
            return "machine.slice/" + scope(id, name) + "/libvirt";
        }
    },
    /** libvirt before 7.1, under systemd-machined. */
    SYSTEMD_BEFORE_7_1(true) {
        @Override
        String group(int id, String name) {
            return "machine.slice/" + scope(id, name);
        }
    },
    /** A partition of the administrator's, under systemd-machined. */
    SYSTEMD_PARTITION(true) {
        @Override
        String group(int id, String name) {
            return "machine.slice/machine-production.slice/" + scope(id, name) + "/libvirt";
        }
    },
    /** libvirt on a host without systemd. */
    WITHOUT_SYSTEMD(true) {
        @Override
        String group(int id, String name) {
            return "machine/qemu-" + id + "-" + name + ".libvirt-qemu";
        }
    },
    /** A partition of the administrator's, without systemd. */
    WITHOUT_SYSTEMD_PARTITION(true) {
        @Override
        String group(int id, String name) {
            return "machine/production.partition/qemu-" + id + "-" + name + ".libvirt-qemu";
        }
    },
    /** libvirt without systemd, before it put its id into the name. */
    WITHOUT_ID(false) {
        @Override
        String group(int id, String name) {
            return "machine/" + name + ".libvirt-qemu";
        }
    },
    /** libvirt before 1.0.5: below the group of its daemon. */
    BELOW_THE_DAEMON(false) {
        @Override
        String group(int id, String name) {
            return "system/libvirtd.service/libvirt/qemu/" + name;
        }
    };

    private final boolean hasId;

    LibvirtLayout(boolean hasId) {
        this.hasId = hasId;
    }

    /** Returns whether the groups tell libvirt's id of the guest; without, it is known by its pid. */
    boolean hasId() {
        return hasId;
    }

    /** Returns the path of the group that holds {@code emulator} and {@code vcpuN}, below the mount point. */
    abstract String group(int id, String name);

    private static String scope(int id, String name) {
        return "machine-qemu\\x2d" + id + "\\x2d" + name.replace("-", "\\x2d") + ".scope";
    }
}
