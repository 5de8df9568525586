package dev.vireo.driver.qemu.cgroup.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupMountsTest {
    @TempDir
    private Path directory;

    private CgroupMounts read(String... lines) throws IOException {
        Path file = directory.resolve("mountinfo");
        Files.writeString(file, String.join("\n", lines) + "\n");
        return CgroupMounts.read(file, Path.of("/host/sys"));
    }

    @Test
    void theHierarchiesAreFoundWhereverTheyAreMounted() throws IOException {
        CgroupMounts mounts = read(
                "30 20 0:27 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset",
                "31 20 0:28 / /sys/fs/cgroup/cpuacct rw shared:9 - cgroup cgroup rw,cpuacct",
                "32 20 0:29 / /my\\040cgroups rw - cgroup2 none rw");
        assertEquals(Optional.of(new CgroupMounts.Mount(Path.of("/host/sys/fs/cgroup/cpuacct"), "/")), mounts.v1());
        assertEquals(Optional.of(new CgroupMounts.Mount(Path.of("/my cgroups"), "/")), mounts.v2());
    }

    @Test
    void aMountPointThatIsNotUtf8HarmsNoOther() throws IOException {
        Path file = directory.resolve("mountinfo");
        String lines = """
                29 20 0:26 / /mnt/M\u00fcsli rw - vfat /dev/sdb1 rw
                31 20 0:28 / /sys/fs/cgroup/cpuacct rw - cgroup cgroup rw,cpuacct
                """;
        Files.write(file, lines.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertTrue(CgroupMounts.read(file, Path.of("/sys")).v1().isPresent());
    }

    @Test
    void aHostWithoutAccountingHasNone() throws IOException {
        assertTrue(read("30 20 0:27 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset", "", "garbage")
                .isEmpty());
    }

    @Test
    void aMountThatShowsAPartOfTheHierarchyShowsGroupsBelowItOnly() {
        CgroupMounts.Mount mount = new CgroupMounts.Mount(Path.of("/c"), "/pod");
        assertEquals(Optional.of(Path.of("/c/vm")), mount.group("/pod/vm"));
        assertEquals(Optional.of(Path.of("/c")), mount.group("/pod"));
        assertEquals(Optional.empty(), mount.group("/podium/vm"));
    }
}
