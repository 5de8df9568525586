package dev.vireo.driver.qemu.cgroup.finding;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the control groups are mounted, from {@code mountinfo}: the v1 hierarchy of {@code cpuacct}, the v2 hierarchy, or
 * both on a hybrid host; and the v1 hierarchy of {@code cpu}, which weighs and limits, often the same one.
 *
 * @param v1 the v1 hierarchy that has {@code cpuacct}
 * @param v2 the v2 hierarchy
 * @param v1Scheduler the v1 hierarchy that has {@code cpu}
 */
public record CgroupMounts(Optional<Mount> v1, Optional<Mount> v2, Optional<Mount> v1Scheduler) {
    /**
     * One mounted hierarchy.
     *
     * @param directory where it is mounted
     * @param root the group that the mount shows at its top, {@code /} outside of containers
     */
    public record Mount(Path directory, String root) {
        /** Returns the directory of a group, empty if the mount does not show it or its name has no place in Java. */
        Optional<Path> group(String path) {
            String below = root.equals("/") ? path : path.startsWith(root) ? path.substring(root.length()) : "/..";
            // outside of the reader's cgroup namespace a path begins with /.., as the root of a host's mount may
            if (!(below.isEmpty() || below.startsWith("/")) || below.equals("/..") || below.startsWith("/../")) {
                return Optional.empty();
            }
            try {
                return Optional.of(directory.resolve(below.replaceFirst("^/+", "")));
            } catch (InvalidPathException notInThisEncoding) {
                return Optional.empty();
            }
        }
    }

    /**
     * Reads a {@code mountinfo} file.
     *
     * @param mountinfo the file
     * @param sysfs the directory that stands for {@code /sys}
     * @return what is mounted
     * @throws IOException if the file cannot be read
     */
    public static CgroupMounts read(Path mountinfo, Path sysfs) throws IOException {
        Optional<Mount> v1 = Optional.empty();
        Optional<Mount> v2 = Optional.empty();
        Optional<Mount> v1Scheduler = Optional.empty();
        for (String line : TextLines.read(mountinfo)) {
            String[] halves = line.split(" - ", 2);
            String[] mount = halves[0].split(" ", -1);
            String[] type = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
            if (mount.length < 5 || type.length < 3) {
                continue; // not a line of this format
            }
            if (type[0].equals("cgroup")) {
                List<String> controllers = List.of(type[2].split(",", -1));
                if (controllers.contains("cpuacct") && v1.isEmpty()) {
                    v1 = mount(mount, sysfs);
                }
                if (controllers.contains("cpu") && v1Scheduler.isEmpty()) {
                    v1Scheduler = mount(mount, sysfs);
                }
            } else if (type[0].equals("cgroup2") && v2.isEmpty()) {
                v2 = mount(mount, sysfs);
            }
        }
        return new CgroupMounts(v1, v2, v1Scheduler);
    }

    /**
     * Tells whether CPU time is accounted for at all.
     *
     * @return whether there is a hierarchy to read from
     */
    public boolean isEmpty() {
        return v1.isEmpty() && v2.isEmpty();
    }

    /** Empty if the mount point's name has no place in Java. */
    private static Optional<Mount> mount(String[] fields, Path sysfs) {
        String point = unescape(fields[4]);
        try {
            Path directory =
                    point.startsWith("/sys/") ? sysfs.resolve(point.substring("/sys/".length())) : Path.of(point);
            return Optional.of(new Mount(directory, unescape(fields[3])));
        } catch (InvalidPathException notInThisEncoding) {
            return Optional.empty();
        }
    }

    /** Undoes the octal escapes of mountinfo: space, tab, newline, backslash. */
    private static String unescape(String text) {
        String result = text;
        for (String escape : Arrays.asList("040", "011", "012", "134")) {
            result = result.replace("\\" + escape, String.valueOf((char) Integer.parseInt(escape, 8)));
        }
        return result;
    }
}
