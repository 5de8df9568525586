package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory that stands for a host with one CPU and one guest of libvirt's, {@code web}, on cgroup v1.
 *
 * @param root where it lies
 */
record SmallHost(Path root) {
    private static final String GROUP = "sys/fs/cgroup/cpuacct/machine/qemu-3-web.libvirt-qemu/";

    static SmallHost in(Path root) throws IOException {
        SmallHost host = new SmallHost(root);
        host.write("proc/1/mountinfo", "31 20 0:28 / /sys/fs/cgroup/cpuacct rw - cgroup cgroup rw,cpuacct\n");
        host.write(
                "proc/42/stat",
                "42 (qemu-system-x86) S 1 42 42 0 -1 4194560 1 0 0 0 250 70 0 0 20 0 5 0 777 1000 50 1\n");
        host.write("proc/42/statm", "1000 50 40 30 0 20 0\n");
        host.write("proc/42/cmdline", "qemu-system-x86_64\0-name\0guest=web\0");
        host.write("proc/42/cgroup", "5:cpuacct:/machine/qemu-3-web.libvirt-qemu/emulator\n");
        for (String ids : List.of("possible", "present", "online")) {
            host.write("sys/devices/system/cpu/" + ids, "0\n");
        }
        host.write(GROUP + "cpuacct.usage", "5\n");
        host.write(GROUP + "cpuacct.stat", "user 0\nsystem 0\n");
        host.write(GROUP + "cpuacct.usage_percpu", "5\n");
        return host;
    }

    String uri() {
        return "qemu+cgroup:///system?procfs=" + root.resolve("proc") + "&sysfs=" + root.resolve("sys");
    }

    Path usage() {
        return root.resolve(GROUP + "cpuacct.usage");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
